//! `newsmark.toml` as the command meets it.

use expect_test::{Expect, expect};

use crate::folder::Folder;

/// What a run with this configuration says and ends with.
fn check(configuration: &[u8], status: i32, expect: Expect) {
    let folder = Folder::new(&[("a.md", "A story.\n")]);
    folder.write("newsmark.toml", configuration);
    let run = folder.run(&["check", "."]);
    assert_eq!(run.status, status, "{run:?}");
    let said = if status == 2 {
        assert_eq!(
            (run.out.as_str(), run.err.lines().count()),
            ("", 1),
            "one line, and nothing else: {run:?}"
        );
        run.err
    } else {
        let findings = run.out.rsplit_once("\n\n").map_or("", |(findings, _)| findings);
        format!("{findings}\n")
    };
    expect.assert_eq(&said);
}

#[test]
fn what_ends_the_run_is_one_line_with_its_place() {
    check(
        b"[corpus\n",
        2,
        expect![[r#"
        error: $FOLDER/newsmark.toml:1:8: not valid TOML: unclosed table, expected `]`
    "#]],
    );
    check(
        b"profile = 3\n",
        2,
        expect![[r#"
        error: $FOLDER/newsmark.toml:1:11: `profile` takes "draft", "standard" or "publish", not a number
    "#]],
    );
    check(
        b"[corpus]\narticles = [\"stories/**\", \"[\"]\n",
        2,
        expect![[r#"
        error: $FOLDER/newsmark.toml:2:27: `[` is no pattern that can match a file: unclosed character class; missing ']'
    "#]],
    );
    check(
        b"[rules]\nunsourced-claim = true\n",
        2,
        expect![[r#"
        error: $FOLDER/newsmark.toml:2:19: `unsourced-claim` takes "error", "warning", "hint" or "off", not `true` or `false`
    "#]],
    );
    check(
        b"required-version = \">=99\"\n",
        2,
        expect![[r#"
        error: $FOLDER/newsmark.toml:1:20: this corpus asks for newsmark >=99, and this is newsmark 0.1.0: install another, or change `required-version`
    "#]],
    );
    check(
        b"profile = \"caf\xE9\"\n",
        2,
        expect![[r#"
        error: $FOLDER/newsmark.toml: cannot be read: it is not UTF-8 (byte 14)
    "#]],
    );
    check(
        b"a = \"\x1b[2J\"\nprofile = \"\x1b[2J\"\n",
        2,
        expect![[r#"
        error: $FOLDER/newsmark.toml:1:6: not valid TOML: invalid basic string, expected non-double-quote visible characters, `\`
    "#]],
    );
    check(
        b"profile = \"\\u001b[2J\"\n",
        2,
        expect![[r#"
        error: $FOLDER/newsmark.toml:1:11: there is no profile "␛[2J": write "draft", "standard" or "publish"
    "#]],
    );
}

#[test]
fn what_nobody_knows_is_a_finding() {
    check(
        b"profil = \"draft\"\n\n[corpus]\nartikel = []\n",
        0,
        expect![[r#"
        warning[invalid-configuration]: unknown key `profil`
         --> newsmark.toml:1:1
          |
        1 | profil = "draft"
          | ^^^^^^
          |
          = help: did you mean `profile`?
          = fix: Change to `profile`

        warning[invalid-configuration]: unknown key `artikel` in `[corpus]`
         --> newsmark.toml:4:1
          |
        4 | artikel = []
          | ^^^^^^^
          |
          = help: the keys here are `articles`, `entities`, `sources`, `exclude` and `size-limit`
    "#]],
    );
}

#[test]
fn shows_what_holds_for_a_file_and_why() {
    let folder = Folder::new(&[
        (
            "newsmark.toml",
            "profile = \"publish\"\n[corpus]\nexclude = \"old\"\nsize-limit = 5000\n[names]\nNorhaven = \"northland\"\n\
             [[overrides]]\npaths = \"drafts\"\nprofile = \"draft\"\n",
        ),
        ("drafts/a.md", "x"),
        ("old/b.md", "x"),
    ]);
    let run = folder.run(&["config", "--show", "drafts/a.md"]);
    assert_eq!(run.status, 0, "{run:?}");
    // The rules come and go; the rest stays.
    let settings = run.out.split("\n\n").take(2).collect::<Vec<_>>().join("\n\n");
    expect![[r#"
        $FOLDER: the corpus, because newsmark.toml is there

        file            drafts/a.md                                           article
        profile         draft                                                 newsmark.toml, line 9 (override for `drafts`)
        size-limit      5000 bytes                                            newsmark.toml, line 4
        require-reason  false                                                 default
        outdated-days   30                                                    default
        articles        **/*.md                                               default
                        **/*.markdown                                         default
                        **/*.newsmark                                         default
        entities        **/entities.{yaml,yml,jsonl,ndjson}                   default
                        **/entities/**/*.{yaml,yml,md,markdown,jsonl,ndjson}  default
                        **/*.entities.{yaml,yml}                              default
                        **/*.ftm.{json,jsonl,ndjson}                          default
        sources         **/*.{bib,bibtex}                                     default
                        **/*.csl.{json,yaml,yml}                              default
                        **/{sources,references,bibliography}.{json,yaml,yml}  default
                        **/*.{sources,references}.{json,yaml,yml}             default
                        **/{sources,references}/**/*.{json,yaml,yml}          default
        exclude         old                                                   newsmark.toml, line 3
                        **/node_modules                                       default
                        **/README.md                                          default
                        **/CHANGELOG.md                                       default
                        **/CONTRIBUTING.md                                    default
                        **/CODE_OF_CONDUCT.md                                 default
                        **/SECURITY.md                                        default
                        **/LICENSE.md                                         default
        name            Norhaven = northland                                  newsmark.toml, line 6"#]].assert_eq(&settings);
    let role = |path: &str| {
        let run = folder.run(&["config", "--show", path]);
        run.out.lines().find(|line| line.starts_with("file ")).map(str::to_owned).unwrap_or_default()
    };
    assert!(role("old/b.md").contains("left out: excluded by `old`"), "{}", role("old/b.md"));
    assert!(role("new.md").contains("not there yet"), "{}", role("new.md"));
    assert!(role("newsmark.toml").contains("the configuration"), "{}", role("newsmark.toml"));
}

#[test]
fn the_schema_takes_what_is_read() {
    let folder = Folder::new(&[]);
    let run = folder.run(&["config", "--schema"]);
    assert_eq!(run.status, 0, "{run:?}");
    let schema: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let validator = jsonschema::draft202012::new(&schema).expect("a schema");
    let valid = |text: &str| {
        let value: toml::Table = toml::from_str(text).expect("TOML");
        validator.is_valid(&serde_json::to_value(value).expect("JSON"))
    };
    assert!(valid(""));
    assert!(valid(
        "required-version = '>=0.1'\nprofile = 'draft'\n[corpus]\narticles = 'a'\nsize-limit = '16 MiB'\n\
         exclude = ['b']\n[suppressions]\nrequire-reason = true\n[pictures]\noutdated-days = 0\n[names]\nA = 'b'\n[[overrides]]\npaths = 'c'\n\
         profile = 'publish'"
    ));
    for invalid in [
        "profil = 'draft'",
        "profile = 'strict'",
        "corpus.articles = 1",
        "corpus.size-limit = 0",
        "rules.no-such-rule = 'off'",
        "names.A = 1",
        "pictures.outdated-days = '30'",
        "[[overrides]]\nprofile = 'draft'",
    ] {
        assert!(!valid(invalid), "{invalid}");
    }
}

#[test]
fn a_home_directory_is_no_corpus_unless_it_is_asked_for() {
    let home = Folder::new(&[("a.md", "x"), ("work/b.md", "x"), ("work/deep/c.md", "x")]);
    let run = |args: &[&str]| {
        let mut command = home.command(args);
        command.env("HOME", home.path());
        let output = command.output().expect("newsmark runs");
        let err = String::from_utf8(output.stderr).expect("UTF-8");
        (output.status.code(), err.replace(&*home.path().to_string_lossy(), "$HOME"))
    };
    expect![[r#"
        error: $HOME: a home directory is never taken for a corpus as a whole: name the folder with the articles, or put a newsmark.toml there
    "#]].assert_eq(&run(&["check"]).1);
    assert_eq!(run(&["check"]).0, Some(2));
    assert_eq!(run(&["check", "."]).0, Some(2));
    assert_eq!(run(&["check", "/"]).0, Some(2));
    assert_eq!(run(&["check", "work"]).0, Some(0));
    // One file there is a corpus of one file.
    assert_eq!(run(&["check", "a.md"]).0, Some(0));
    let listed = |args: &[&str]| {
        let output = home.command(args).env("HOME", home.path()).output().expect("newsmark runs");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    assert!(!listed(&["files", "a.md"]).contains("b.md"));

    home.write("newsmark.toml", "");
    expect![[r#"
        error: $HOME/newsmark.toml: this configuration would make all of a home directory one corpus: move it to the folder with the articles, or name $HOME itself to say that you mean it
    "#]].assert_eq(&run(&["check", "work"]).1);
    assert_eq!(run(&["check"]).0, Some(2));
    assert_eq!(run(&["check", "."]).0, Some(0), "it was named, and it holds a configuration");
}
