//! Which files make a corpus, and what is in them.

use std::fs;
use std::path::PathBuf;

use expect_test::{Expect, expect};
use newsmark::workspace::{Error, FileProblem, Files, Kind, Request, RootBy, discover};

use crate::folder::Folder;

fn find(paths: &[PathBuf]) -> Vec<Request> {
    discover(paths).unwrap_or_else(|error| panic!("{error}"))
}

/// The one corpus of these paths, and what the walk meets.
fn walk(paths: &[PathBuf]) -> (Request, Files) {
    let requests = find(paths);
    let [request] = &requests[..] else { panic!("{} corpora", requests.len()) };
    (request.clone(), request.root.files(&request.named))
}

fn check(folder: &Folder, named: &[&str], expect: Expect) {
    check_with(folder, named, None, expect);
}

fn check_with(folder: &Folder, named: &[&str], outside: Option<&Folder>, expect: Expect) {
    let paths: Vec<PathBuf> = named.iter().map(|path| folder.join(path)).collect();
    let (_, files) = walk(&paths);
    let mut shown = String::new();
    for entry in &files.entries {
        let too = if entry.kind != Kind::Article && entry.is_article_too { " or article" } else { "" };
        shown += &format!("{}: {}{too}\n", entry.path, entry.kind.as_str());
    }
    for left in &files.left_out {
        shown += &format!("- {}: {}\n", left.path, left.why);
    }
    for unread in &files.unread {
        shown += &format!("! {}: {}\n", unread.path, unread.problem.message());
    }
    if let Some(outside) = outside {
        shown = shown.replace(&*outside.path().to_string_lossy(), "$OUTSIDE");
    }
    expect.assert_eq(&shown);
}

#[test]
fn a_plain_folder() {
    let folder = Folder::new(&[
        ("a.md", "x"),
        ("2026/03/b.markdown", "x"),
        ("entities/kasra.md", "x"),
        ("entities.yaml", "x"),
        ("desk/references.bib", "x"),
        ("README.md", "x"),
        ("photo.jpg", "x"),
        (".hidden.md", "x"),
        (".obsidian/a.md", "x"),
    ]);
    check(
        &folder,
        &["."],
        expect![[r#"
        2026/03/b.markdown: article
        a.md: article
        desk/references.bib: sources
        entities.yaml: entities
        entities/kasra.md: entities or article
        - .hidden.md: hidden: its name begins with a dot
        - .obsidian/: hidden: its name begins with a dot
        - README.md: excluded by `**/README.md` (default)
        - photo.jpg: no pattern takes it
    "#]],
    );
}

#[test]
fn what_the_configuration_names() {
    let folder = Folder::new(&[
        (
            "newsmark.toml",
            r#"
[corpus]
articles = ["stories"]
entities = ["desk/*.yaml"]
sources = ["desk/confidential/**", "**/*.bib"]
exclude = ["stories/old"]
"#,
        ),
        (".gitignore", "desk/confidential/\nbuild/\n/stories/drafts/*\n!/stories/drafts/kept.md\n"),
        ("stories/a.md", "x"),
        ("stories/photo.jpg", "x"),
        ("stories/old/b.md", "x"),
        ("stories/drafts/c.md", "x"),
        ("stories/drafts/kept.md", "x"),
        ("desk/people.yaml", "x"),
        ("desk/confidential/deep/sources.json", "x"),
        ("desk/confidential/note.md", "x"),
        ("build/found.bib", "x"),
        ("build/a.md", "x"),
        (".cache/hidden.bib", "x"),
        ("notes.md", "x"),
        ("other/newsmark.toml", ""),
        ("other/stories/d.md", "x"),
    ]);
    check(
        &folder,
        &["."],
        expect![[r#"
            .cache/hidden.bib: sources
            build/found.bib: sources
            desk/confidential/deep/sources.json: sources
            desk/people.yaml: entities
            stories/a.md: article
            stories/drafts/kept.md: article
            - .cache/: hidden: its name begins with a dot
            - .gitignore: hidden: its name begins with a dot
            - build/: ignored by `build/` in .gitignore
            - desk/confidential/: ignored by `desk/confidential/` in .gitignore
            - newsmark.toml: the configuration
            - notes.md: no pattern takes it
            - other/: a corpus of its own: it holds a newsmark.toml
            - stories/drafts/c.md: ignored by `/stories/drafts/*` in .gitignore
            - stories/old/: excluded by `stories/old` (newsmark.toml, line 6)
            - stories/photo.jpg: no pattern takes it
        "#]],
    );
}

#[test]
fn what_is_named_is_read_even_where_git_ignores_it() {
    let folder = Folder::new(&[
        ("newsmark.toml", "corpus.exclude = \"old\""),
        (".gitignore", "/drafts/\n*.tmp.md\n"),
        ("drafts/2026/a.md", "x"),
        ("drafts/2026/b.md", "x"),
        ("drafts/2026/c.tmp.md", "x"),
        ("old/d.md", "x"),
        ("README.md", "x"),
    ]);
    check(
        &folder,
        &["drafts/2026/a.md", "old/d.md", "README.md"],
        expect![[r#"
            README.md: article
            drafts/2026/a.md: article
            - .gitignore: hidden: its name begins with a dot
            - drafts/: ignored by `/drafts/` in .gitignore
            - newsmark.toml: the configuration
            - old/: excluded by `old` (newsmark.toml, line 1)
        "#]],
    );
    check(
        &folder,
        &["drafts/2026"],
        expect![[r#"
            drafts/2026/a.md: article
            drafts/2026/b.md: article
            - .gitignore: hidden: its name begins with a dot
            - README.md: excluded by `**/README.md` (default)
            - drafts/: ignored by `/drafts/` in .gitignore
            - drafts/2026/c.tmp.md: ignored by `*.tmp.md` in .gitignore
            - newsmark.toml: the configuration
            - old/: excluded by `old` (newsmark.toml, line 1)
        "#]],
    );
}

#[test]
fn what_is_left_out_by_default_can_be_spelled_out() {
    let folder = Folder::new(&[
        ("newsmark.toml", "corpus.articles = [\"**/*.md\", \"stories/README.md\"]"),
        ("README.md", "x"),
        ("stories/README.md", "x"),
        ("node_modules/other/b.md", "x"),
    ]);
    check(
        &folder,
        &["."],
        expect![[r#"
            stories/README.md: article
            - README.md: excluded by `**/README.md` (default)
            - newsmark.toml: the configuration
            - node_modules/: excluded by `**/node_modules` (default)
        "#]],
    );
}

#[test]
fn links() {
    let outside = Folder::new(&[("x.md", "x"), ("folder/y.md", "x")]);
    let folder =
        Folder::new(&[("a.md", "x"), ("real/b.md", "x"), (".store/c.md", "x"), (".store/d/e.md", "x")]);
    folder.link("real/loop", "..");
    folder.link("myself.md", "myself.md");
    folder.link("again.md", "a.md");
    folder.link("folder-again", "real");
    folder.link("stored.md", ".store/c.md");
    folder.link("stored", ".store/d");
    folder.link("dangling.md", "nowhere.md");
    folder.link("dangling.txt", "nowhere.txt");
    folder.link("outside.md", outside.join("x.md"));
    folder.link("outside.jpg", outside.join("x.md"));
    folder.link("outside", outside.join("folder"));
    check_with(
        &folder,
        &["real/b.md", "again.md", "real/loop"],
        Some(&outside),
        expect![[r#"
            a.md: article
            real/b.md: article
            stored.md: article
            stored/e.md: article
            - .store/: hidden: its name begins with a dot
            - again.md: a link to a.md, which is read there
            - dangling.txt: no pattern takes it
            - folder-again: a link to real, which is read there
            - outside: a link that leads out of the corpus, to $OUTSIDE/folder
            - outside.jpg: no pattern takes it
            - outside.md: a link that leads out of the corpus, to $OUTSIDE/x.md
            - real/loop: a link to ., which is read there
            ! dangling.md: this is a link to `nowhere.md`, and there is nothing there
            ! myself.md: this cannot be read: too many levels of symbolic links
        "#]],
    );

    // What is named by a link is read under its own name, if that is in the corpus.
    let named = find(&[folder.join("again.md")]);
    assert_eq!(&*named[0].named[0].path, "a.md");
    let error = discover(&[folder.join("outside.md")]).expect_err("it leads out");
    assert!(matches!(&error, Error::Outside { target, .. } if *target == outside.join("x.md")), "{error}");
    assert!(matches!(discover(&[folder.join("dangling.md")]), Err(Error::Missing { .. })));
}

#[test]
fn what_is_no_file() {
    let folder = Folder::new(&[("folder.md/a.md", "x")]);
    folder.pipe("pipe.md");
    folder.pipe("pipe.txt");
    check(
        &folder,
        &["."],
        expect![[r#"
        folder.md/a.md: article
        - pipe.txt: no pattern takes it
        ! pipe.md: this is a named pipe, not a file
    "#]],
    );
    assert!(matches!(discover(&[folder.join("pipe.md")]), Err(Error::Special { .. })));
    // Not even where a configuration or a list of ignored files should be.
    folder.pipe(".gitignore");
    folder.pipe("newsmark.toml");
    assert!(matches!(discover(&[folder.join("folder.md")]), Err(Error::Configuration { .. })));
}

#[test]
fn where_a_corpus_begins() {
    let folder = Folder::new(&[
        ("repo/.git/HEAD", ""),
        ("repo/.gitignore", "target/"),
        ("repo/stories/a.md", "x"),
        ("repo/sources.bib", "x"),
        ("repo/target/tmp/b.md", "x"),
        ("repo/news/newsmark.toml", ""),
        ("repo/news/2026/c.md", "x"),
        ("plain/d.md", "x"),
        ("plain/deep/e.md", "x"),
    ]);
    let root = |path: &str| {
        let request = &find(&[folder.join(path)])[0];
        let root = request.root.folder.strip_prefix(folder.path()).expect("inside").to_owned();
        (root.to_string_lossy().into_owned(), request.root.by, request.named[0].path.to_string())
    };
    let is = |root: &str, by, path: &str| (root.to_owned(), by, path.to_owned());
    assert_eq!(root("repo/stories/a.md"), is("repo", RootBy::Git, "stories/a.md"));
    assert_eq!(root("repo/stories"), is("repo", RootBy::Git, "stories"));
    assert_eq!(root("repo/target/tmp/b.md"), is("repo/target/tmp", RootBy::Named, "b.md"));
    assert_eq!(root("repo/news/2026"), is("repo/news", RootBy::Configuration, "2026"));
    assert_eq!(root("plain/deep/e.md"), is("plain/deep", RootBy::Named, "e.md"));
    assert_eq!(root("plain"), is("plain", RootBy::Named, ""));

    let several = find(&[
        folder.join("plain/deep/e.md"),
        folder.join("plain"),
        folder.join("repo/news/2026/c.md"),
        folder.join("repo/news/2026/../2026/c.md"),
    ]);
    let shown: Vec<Vec<&str>> =
        several.iter().map(|request| request.named.iter().map(|named| &*named.path).collect()).collect();
    assert_eq!(shown, [vec!["", "deep/e.md"], vec!["2026/c.md", "2026/c.md"]]);
}

#[test]
fn what_is_in_files() {
    let folder =
        Folder::new(&[("newsmark.toml", "corpus.size-limit = 10"), ("empty.md", ""), ("good.md", "héllo")]);
    folder.write("latin.md", b"caf\xE9");
    folder.write("utf16.md", b"\xFF\xFEh\0i\0");
    folder.write("nul.md", b"a\0b");
    folder.write("large.md", "01234567890");
    folder.write("gone.md", "x");
    let (request, files) = walk(&[folder.path().to_owned()]);
    fs::remove_file(folder.join("gone.md")).expect("it was there");
    let mut shown = String::new();
    for entry in &files.entries {
        match request.root.read(entry) {
            Ok(text) => shown += &format!("{}: {text:?}\n", entry.path),
            Err(problem) => {
                shown += &format!("{}: {}: {}\n", entry.path, problem.rule(), problem.message());
            }
        }
    }
    expect![[r#"
        empty.md: unreadable-file: this file is empty
        gone.md: unreadable-file: this file vanished while it was read
        good.md: "héllo"
        large.md: file-too-large: this file has 11 bytes, more than the limit of 10 bytes
        latin.md: invalid-encoding: this file is not UTF-8: it looks like Latin-1 or Windows-1252
        nul.md: "a\0b"
        utf16.md: invalid-encoding: this file is not UTF-8: it looks like UTF-16
    "#]]
    .assert_eq(&shown);
    assert_eq!(request.root.read_named("good.md").as_deref(), Ok("héllo"));
    assert_eq!(request.root.read_named("no.md"), Err(FileProblem::Missing));
    for outside in ["../x.md", "/etc/passwd", "a/../../x"] {
        assert_eq!(request.root.read_named(outside), Err(FileProblem::Outside), "{outside}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_unicode() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::new(&[]);
    fs::write(folder.path().join(OsStr::from_bytes(b"caf\xE9.md")), "x").expect("a file");
    let (request, files) = walk(&[folder.path().to_owned()]);
    assert_eq!(&*files.entries[0].path, "caf\u{fffd}.md");
    assert_eq!(request.root.read(&files.entries[0]).as_deref(), Ok("x"));
}

#[test]
fn a_folder_that_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new(&[("a.md", "x"), ("locked/b.md", "x")]);
    let locked = folder.join("locked");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).expect("our own folder");
    // Root may read everything: then there is nothing to see here.
    if fs::read_dir(&locked).is_err() {
        check(
            &folder,
            &["."],
            expect![[r#"
            a.md: article
            ! locked/: this cannot be read: permission denied
        "#]],
        );
        assert!(matches!(discover(std::slice::from_ref(&locked)), Err(Error::Unreadable { .. })));
    }
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).expect("our own folder");
}

#[test]
fn the_deepest_folders_are_walked() {
    let folder = Folder::new(&[]);
    // Far deeper than anybody files articles, and quick to make.
    let mut path = folder.path().to_owned();
    while path.as_os_str().len() < 1500 {
        path.push("d");
        if fs::create_dir(&path).is_err() {
            break;
        }
    }
    let (_, files) = walk(&[folder.path().to_owned()]);
    assert_eq!(files.entries.len(), 0);
}
