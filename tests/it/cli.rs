//! The command: what it prints where, and how it ends.

use std::io::Read;
use std::process::Stdio;

use expect_test::expect;

use crate::folder::Folder;

/// A corpus with something wrong in it that needs no rule to be seen.
fn faulty() -> Folder {
    let folder = Folder::new(&[
        ("newsmark.toml", "profil = \"draft\"\n[corpus]\nsize-limit = 100\n"),
        ("good.md", "A story.\n"),
        ("stories/empty.md", ""),
        ("stories/large.md", &"word ".repeat(50)),
        ("notes/note.txt", "x"),
    ]);
    folder.write("stories/latin.md", b"A caf\xE9.\n");
    folder
}

#[test]
fn findings_for_people() {
    let run = faulty().run(&["check"]);
    assert_eq!((run.status, run.err.as_str()), (1, ""));
    let (findings, summary) = run.out.rsplit_once("\n\n").expect("a summary");
    expect![[r#"
        warning[invalid-configuration]: unknown key `profil`
         --> newsmark.toml:1:1
          |
        1 | profil = "draft"
          | ^^^^^^
          |
          = help: did you mean `profile`?
          = fix: Change to `profile`

        error[unreadable-file]: this file is empty
        --> stories/empty.md
         = help: write it, delete it, or exclude it in newsmark.toml

        error[file-too-large]: this file has 250 bytes, more than the limit of 100 bytes
        --> stories/large.md
         = help: split it, or raise `size-limit` in newsmark.toml; until then it is left out

        error[invalid-encoding]: this file is not UTF-8: it looks like Latin-1 or Windows-1252
        --> stories/latin.md:1:6
         = help: save it as UTF-8; until then it is left out"#]]
    .assert_eq(findings);
    let (counts, time) = summary.rsplit_once(", ").expect("a time");
    assert_eq!(counts, "3 errors and 1 warning in 4 articles (0 entities, 0 sources)");
    assert!(time.ends_with(" s\n"), "{time}");
}

#[test]
fn findings_for_programs() {
    let schema = include_str!("../../docs/schemas/check.schema.json");
    let schema = serde_json::from_str(schema).expect("JSON");
    let validator = jsonschema::draft202012::new(&schema).expect("a schema");
    let run = faulty().run(&["check", "--format", "json"]);
    assert_eq!((run.status, run.err.as_str()), (1, ""));
    let findings = run.json();
    for finding in &findings {
        assert!(validator.is_valid(finding), "{finding}");
    }
    let rules: Vec<(&str, &str)> = findings
        .iter()
        .filter_map(|finding| Some((finding["path"].as_str()?, finding["rule"].as_str()?)))
        .collect();
    assert_eq!(
        rules,
        [
            ("newsmark.toml", "invalid-configuration"),
            ("stories/empty.md", "unreadable-file"),
            ("stories/large.md", "file-too-large"),
            ("stories/latin.md", "invalid-encoding"),
        ]
    );
    assert_eq!(findings[3]["range"]["start"]["offset"], 5);
    assert_eq!(findings[0]["fix"]["edits"][0]["text"], "profile");
}

#[test]
fn what_parse_prints_keeps_its_schema() {
    let schema = include_str!("../../docs/schemas/parse.schema.json");
    let schema = serde_json::from_str(schema).expect("JSON");
    let validator = jsonschema::draft202012::new(&schema).expect("a schema");
    let folder = faulty();
    let run = folder.run(&["parse", "--format", "json", "good.md"]);
    assert_eq!(run.status, 0, "{run:?}");
    let parsed = run.json();
    assert!(validator.is_valid(&parsed[0]), "{}", parsed[0]);
    assert_eq!(parsed[0]["path"], "good.md");
    assert_eq!(folder.run(&["parse", "stories/latin.md"]).status, 2);
    assert_eq!(folder.run(&["parse", "stories"]).status, 2);
}

/// A JSON schema of the documents.
fn schema(name: &str) -> jsonschema::Validator {
    let text = std::fs::read_to_string(format!("docs/schemas/{name}.schema.json")).expect("it is there");
    let schema = serde_json::from_str(&text).expect("JSON");
    jsonschema::draft202012::new(&schema).expect("a schema")
}

#[test]
fn the_newsroom_keeps_both_schemas() {
    let folder = crate::newsroom::copy();
    let (check, parse) = (schema("check"), schema("parse"));
    let findings = folder.run(&["check", "--format", "json"]).json();
    for finding in &findings {
        assert!(check.is_valid(finding), "{finding}");
    }
    for field in ["related", "help", "fix"] {
        assert!(findings.iter().any(|finding| finding.get(field).is_some()), "no finding has `{field}`");
    }
    let mut counts = [0; 4];
    let files = folder.run(&["files", "--format", "json"]).json();
    for file in files.iter().filter(|file| file["kind"] == "article") {
        let path = file["path"].as_str().expect("a path");
        let run = folder.run(&["parse", "--format", "json", path]);
        assert_eq!((run.status, run.err.as_str()), (0, ""), "{path}");
        let parsed = run.json();
        assert_eq!(parsed.len(), 1, "{path}");
        assert!(parse.is_valid(&parsed[0]), "{path}: {}", parsed[0]);
        assert_eq!(parsed[0]["path"], path);
        for (count, list) in counts.iter_mut().zip(["claims", "citations", "mentions", "problems"]) {
            *count += parsed[0][list].as_array().map_or(0, Vec::len);
        }
    }
    assert!(counts.iter().all(|&count| count > 0), "{counts:?}");
}

#[test]
fn parse_says_what_a_reader_sees() {
    let text = "---\ntitle: [\ndate: 3/4/2026\n---\n\n## The road is closed {.claim}\n\n[[kasra|The pass]]\n";
    let parsed = Folder::new(&[("newsmark.toml", ""), ("a.md", text)]).run(&["parse", "a.md"]).json();
    assert_eq!(parsed[0]["claims"][0]["id"], "the-road-is-closed");
    assert_eq!(parsed[0]["mentions"][0]["text"], "The pass");
    assert_eq!(parsed[0]["problems"][0]["rule"], "invalid-front-matter");
}

#[test]
fn parse_is_quick_where_a_sentence_has_many_claims() {
    let text: String =
        (0..1000).map(|at| format!("[x]{{.claim}}, and @k{} or @l{at} or @m{at} ", at % 7)).collect();
    let registry: String =
        (0..7).map(|at| format!("- id: k{at}\n  type: report\n  issued: 2026-03-01\n")).collect();
    let folder =
        Folder::new(&[("newsmark.toml", ""), ("a.md", text.as_str()), ("sources.yaml", registry.as_str())]);
    let parsed = folder.run(&["parse", "a.md"]).json();
    assert_eq!(parsed[0]["claims"].as_array().map(Vec::len), Some(1000));
    assert_eq!(parsed[0]["claims"][0]["citations"].as_array().map(Vec::len), Some(7));
}

/// The first block of code in `language` after a heading of `docs/json.md`.
fn documented(heading: &str, language: &str) -> String {
    let text = std::fs::read_to_string("docs/json.md").expect("the document is there");
    let section = text.split("\n## ").find(|section| section.starts_with(heading)).expect(heading);
    let block = section.split(&format!("```{language}\n")).nth(1).expect("a block of code");
    block.split("```").next().expect("it is closed").to_owned()
}

#[test]
fn the_examples_of_the_document_are_what_is_printed() {
    let path = "2026/03/aid.md";
    let folder = Folder::new(&[
        ("newsmark.toml", ""),
        (path, &documented("The examples", "markdown")),
        ("sources.yaml", &documented("The examples", "yaml")),
    ]);
    let json = |heading: &str| -> serde_json::Value {
        serde_json::from_str(&documented(heading, "json")).expect("JSON")
    };
    let findings = folder.run(&["check", "--format", "json"]).json();
    let found = findings.iter().find(|finding| finding["rule"] == "undefined-source");
    let expected = json("`check");
    assert_eq!(found, Some(&expected), "{:#}", findings.last().unwrap_or(&expected));
    let parsed = folder.run(&["parse", "--format", "json", path]).json();
    let expected = json("`parse");
    assert!(parsed == [expected], "{}", parsed[0]);
}

#[test]
fn the_report_covers_what_was_named() {
    let folder = faulty();
    let paths = |args: &[&str]| {
        let mut all = vec!["check", "--format", "json"];
        all.extend(args);
        let run = folder.run(&all);
        let paths =
            run.json().iter().map(|finding| finding["path"].as_str().unwrap_or("").to_owned()).collect();
        (run.status, paths)
    };
    let is = |status: i32, paths: &[&str]| {
        (status, paths.iter().map(|path| (*path).to_owned()).collect::<Vec<_>>())
    };
    assert_eq!(paths(&["good.md"]), is(0, &[]));
    assert_eq!(paths(&["stories/empty.md", "good.md"]), is(1, &["stories/empty.md"]));
    assert_eq!(
        paths(&["stories", "good.md"]),
        is(1, &["stories/empty.md", "stories/large.md", "stories/latin.md"])
    );
    assert_eq!(paths(&["./stories/../stories/latin.md"]), is(1, &["stories/latin.md"]));
}

#[test]
fn the_failing_level_can_be_set() {
    let folder = Folder::new(&[("newsmark.toml", "profil = 1"), ("a.md", "x")]);
    for (args, status) in [
        (&["check"][..], 0),
        (&["check", "--fail-on", "error"], 0),
        (&["check", "--fail-on", "warning"], 1),
        (&["check", "--fail-on", "hint"], 1),
        (&["check", "--fail-on", "hint", "a.md"], 0),
        (&["check", "--fail-on", "fatal"], 2),
    ] {
        assert_eq!(folder.run(args).status, status, "{args:?}");
    }
}

#[test]
fn what_cannot_run_says_why_in_one_line() {
    let folder = faulty();
    folder.pipe("stories/pipe.md");
    folder.write("notes/empty/.keep", "");
    folder.link("dangling.md", "nowhere.md");
    folder.write("other/newsmark.toml", "");
    folder.write("other/deep/a.md", "x");
    folder.write("old.md", "x");
    folder.write("newsmark.toml", "corpus.exclude = \"old.md\"");
    let outside = Folder::new(&[("x.md", "x")]);
    folder.link("outside.md", outside.join("x.md"));
    let mut said = String::new();
    for args in [
        &["check", "no.md"][..],
        &["check", "good.md", "no-folder"],
        &["check", "notes"],
        &["check", "notes/empty"],
        &["check", "notes/note.txt"],
        &["check", "stories/pipe.md"],
        &["check", "dangling.md"],
        &["check", "outside.md"],
        &["check", "old.md"],
        &["check", "other"],
        &["check", "-"],
        &["explain", "no-such-rule"],
        &["parse", "no.md"],
        &["parse", "stories"],
        &["config", "--show", "stories"],
    ] {
        let run = folder.run(args);
        if *args == ["check", "other"] {
            assert_eq!(run.status, 0, "a corpus of its own can be named: {run:?}");
            continue;
        }
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{args:?}: {run:?}");
        assert_eq!(run.err.lines().count(), 1, "{}", run.err);
        said += &run.err.replace(&*outside.path().to_string_lossy(), "$OUTSIDE");
    }
    expect![[r#"
        error: no.md: there is no such file or folder
        error: no-folder: there is no such file or folder
        error: nothing was checked: notes holds no article (`newsmark files notes` says what is there)
        error: nothing was checked: notes/empty holds no article (`newsmark files notes/empty` says what is there)
        error: nothing was checked: notes/note.txt is no article, and no pattern takes it for a registry
        error: stories/pipe.md: is a named pipe, not a file
        error: dangling.md: is a link to nowhere.md, which is not there
        error: outside.md: is a link to $OUTSIDE/x.md, outside the corpus $FOLDER: name that file itself, or copy it in
        error: nothing was checked: old.md holds no article: excluded by `old.md` (newsmark.toml, line 1)
        error: to check standard input, say as which file: --stdin-filename PATH
        error: there is no rule `no-such-rule`: `newsmark rules` lists them all
        error: no.md: there is no such file or folder
        error: stories: is a folder; name an article
        error: stories: is a folder, not a file
    "#]].assert_eq(&said);
}

#[test]
fn nothing_to_check_is_said() {
    for folder in [
        Folder::new(&[]),
        Folder::new(&[("README.md", "x")]),
        Folder::new(&[("sub/newsmark.toml", ""), ("sub/a.md", "x")]),
    ] {
        let run = folder.run(&["check"]);
        assert_eq!(run.status, 2, "{run:?}");
        assert!(run.err.contains("nothing was checked"), "{}", run.err);
    }
}

#[test]
fn what_is_left_out_is_said() {
    let outside = Folder::new(&[("x.md", "x")]);
    let folder = Folder::new(&[("a.md", "x"), ("sub/newsmark.toml", ""), ("sub/b.md", "x")]);
    folder.link("x.md", outside.join("x.md"));
    let run = folder.run(&["check"]);
    assert_eq!(run.status, 0, "{run:?}");
    expect![[r#"
        note: left out: 1 link out of the corpus and 1 folder with a newsmark.toml of its own (`newsmark files` lists what is left out)
    "#]].assert_eq(&run.err);
}

#[test]
fn standard_input_stands_in_for_a_file() {
    let folder = faulty();
    let run = |path: &str, input: &[u8]| {
        folder.run_with(&["check", "--format", "json", "--stdin-filename", path], input)
    };
    // The text counts, not the file: this one is empty on the disk.
    assert_eq!(run("stories/empty.md", b"A story.\n").status, 0);
    assert_eq!(run("stories/new/unsaved.md", b"A story.\n").status, 0);
    let bad = run("good.md", b"caf\xE9");
    assert_eq!((bad.status, bad.err.lines().count()), (2, 1), "{bad:?}");
    assert_eq!(run("good.md", &[b'x'; 200]).status, 2);
    assert_eq!(run("notes/note.txt", b"x").status, 2);
    assert_eq!(folder.run(&["check", "--stdin-filename", "a.md", "b.md"]).status, 2);
}

#[test]
fn lists_files_and_why_others_are_left_out() {
    let folder = faulty();
    folder.write("people/kasra.md", "---\nentity: person\nname: A. Kasra\n---\n");
    folder.write("references.bib", "");
    folder.pipe("pipe.md");
    let run = folder.run(&["files"]);
    assert_eq!(run.status, 0, "{run:?}");
    expect![[r#"
        article     good.md
        entities    people/kasra.md
        sources     references.bib
        article     stories/empty.md
        article     stories/large.md
        article     stories/latin.md
        unreadable  pipe.md         this is a named pipe, not a file
        left out    newsmark.toml   the configuration
        left out    notes/note.txt  no pattern takes it

        4 articles, 1 file of entities and 1 file of sources; 3 left out
    "#]]
    .assert_eq(&run.out);
    expect![[r#"
        entities  people/kasra.md
        left out  notes/note.txt  no pattern takes it

        0 articles, 1 file of entities and 0 files of sources; 1 left out
    "#]]
    .assert_eq(&folder.run(&["files", "people", "notes/note.txt"]).out);
    expect![[r#"
        {"kind":"entities","path":"people/kasra.md"}
        {"kind":"left-out","path":"notes/note.txt","why":"no pattern takes it"}
    "#]]
    .assert_eq(&folder.run(&["files", "--format", "json", "people", "notes"]).out);
}

#[test]
fn a_reader_that_goes_away_is_no_panic() {
    let folder = Folder::new(&[]);
    for at in 0..2000 {
        folder.write(&format!("article-{at}.md"), "");
    }
    for args in
        [&["check"][..], &["check", "--format", "json"], &["files"], &["config", "--schema"], &["--help"]]
    {
        let mut command = folder.command(args);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("newsmark runs");
        let mut first = [0; 10];
        child.stdout.take().expect("a pipe").read_exact(&mut first).expect("it says something");
        let output = child.wait_with_output().expect("newsmark ends");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{args:?}");
        assert!(output.status.code().is_some_and(|status| status < 2), "{args:?}: {:?}", output.status);
    }
}

#[test]
fn colours_are_for_terminals() {
    let folder = faulty();
    let out = |variables: &[(&str, &str)]| {
        let output =
            folder.command(&["check"]).envs(variables.iter().copied()).output().expect("newsmark runs");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    assert!(!out(&[]).contains('\u{1b}'));
    assert!(out(&[("CLICOLOR_FORCE", "1")]).contains("\u{1b}["));
    assert!(!out(&[("NO_COLOR", "1")]).contains('\u{1b}'));
    // Nothing but the colours differs.
    assert_eq!(
        anstream::adapter::strip_str(&out(&[("CLICOLOR_FORCE", "1")])).to_string().lines().next(),
        out(&[]).lines().next()
    );
}

#[test]
fn names_of_files_cannot_reach_the_terminal() {
    let folder = Folder::new(&[("a\u{1b}]0;owned\u{7}\u{9b}2J.md", ""), ("line\nbreak.md", "")]);
    for args in [&["check"][..], &["files"], &["check", "a\u{1b}.md"]] {
        let run = folder.run(args);
        let is_harmless = |text: &str| !text.contains(|c: char| c.is_control() && c != '\n');
        assert!(is_harmless(&run.out) && is_harmless(&run.err), "{run:?}");
    }
    assert!(folder.run(&["check"]).out.contains("line break.md"));
}

#[test]
fn logs_on_request() {
    let folder = faulty();
    let output = folder.command(&["files"]).env("NEWSMARK_LOG", "debug").output().expect("newsmark runs");
    let err = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(err.contains("DEBUG"), "{err}");
}

#[test]
fn help_is_short_and_has_examples() {
    let folder = Folder::new(&[]);
    let run = folder.run(&["--help"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    expect![[r#"
        Checks annotated news drafts: claims, speakers, sources and answers

        Usage: newsmark <COMMAND>

        Commands:
          check    Check articles and say what is wrong with them
          explain  Explain a rule
          rules    List all rules, with their level in each profile
          parse    Print what is read from one article: claims, citations, mentions
          config   Show the configuration
          files    List the files of the corpus, as what they are read, and why others are left out
          trace    Show where something comes from, and what rests on it
          lsp      Serve an editor over standard input and output

        Options:
          -h, --help     Print help
          -V, --version  Print version

        Examples:
          newsmark check                     Check the corpus around the current folder
          newsmark check 2026/03/aid.md      Check one article of it
          newsmark explain unsourced-claim   Say what a rule asks for, and why

        Exit status: 0 nothing found at the failing level, 1 something found, 2 could not run.
        NEWSMARK_LOG=debug logs what newsmark does; NO_COLOR=1 turns colours off.
    "#]]
    .assert_eq(&run.out);
    expect![[r#"
        Check articles and say what is wrong with them

        Usage: newsmark check [OPTIONS] [PATH]...

        Arguments:
          [PATH]...  Files and folders to report on, or @FILE with a list of them [default: the current
                     folder]

        Options:
              --format <FORMAT>         How to print findings [default: human] [possible values: human,
                                        short, json, sarif, github, gitlab, junit, checkstyle]
              --output <[FORMAT=]FILE>  Print findings to a file: FILE instead of standard output,
                                        FORMAT=FILE besides, and so on
              --profile <PROFILE>       How strict to be, whatever newsmark.toml says [possible values:
                                        draft, standard, publish]
              --fail-on <LEVEL>         End with status 1 where something is found at this level or above
                                        [default: error] [possible values: error, warning, hint]
              --stdin-filename <PATH>   Read an article from standard input, as if it stood at this path
          -h, --help                    Print help (see more with '--help')

        Selection:
              --rule <RULE>    Report on these rules alone; several with commas, or given again
              --except <RULE>  Do not report on these rules
              --level <LEVEL>  Report what is at this level or above [possible values: error, warning, hint]
              --max <N>        Report at most so many findings; the others are counted
              --stats          Instead of findings, count them by level, rule, article and author, and tell
                               the time
          -q, --quiet          Print findings and nothing else: no summary, no notes, no progress

        Fixes:
              --fix              Make the fixes that leave what articles say as it is, and report what is
                                 left
              --fix-only <RULE>  Make the fixes of these rules, whatever they change, and no others
              --diff             Show what fixes would change, and change nothing; status 1 if there is
                                 anything

        Baseline:
              --baseline <FILE>        Report only what is not in this baseline
              --write-baseline <FILE>  Write all findings to a baseline, and report none
              --prune-baseline         Take out of the baseline what is found no more

        Examples:
          newsmark check                                 The corpus around the current folder
          newsmark check stories/2026 notes/aid.md       Parts of it
          newsmark check @changed.txt                    What a file lists, a path a line; @- standard input
          newsmark check --profile publish aid.md        As strict as before publication
          newsmark check --rule unsourced-claim --stats  How much of one thing there is, and where
          newsmark check --format json | jq .rule        For programs (docs/json.md)
          newsmark check --output sarif=newsmark.sarif   For people here, and for a program in a file
          newsmark check --fix --diff                    What would be mended without asking
          newsmark check --stdin-filename aid.md <aid.md What an editor has not saved yet
    "#]]
    .assert_eq(&folder.run(&["check", "-h"]).out);
}
