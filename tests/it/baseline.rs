//! `newsmark check --baseline`: what a desk knows of is not reported, and nothing else is left out.

use crate::folder::{Folder, Run};

const HEAD: &str = "---\ntitle: T\ndate: 2026-03-11\nauthor: A\n---\n\n";

/// Two articles with findings, two of which are equal.
fn archive() -> Folder {
    let one = "[The road is closed]{.claim}.\n\n[Rain]{.claim}.\n\n[Rain]{.claim}.\n";
    let folder = Folder::new(&[
        ("newsmark.toml", ""),
        ("2020/a.md", &format!("{HEAD}{one}")),
        ("2020/b.md", &format!("{HEAD}Said [@gone].\n")),
    ]);
    let run = folder.run(&["check", "--write-baseline", "known"]);
    assert_eq!((run.status, run.out.as_str()), (0, ""), "{run:?}");
    assert_eq!(run.err, "note: 4 findings are written to known\n");
    folder
}

fn check(folder: &Folder) -> Run {
    folder.run(&["check", "--baseline", "known", "--format", "short"])
}

/// The places of what is new.
fn new(folder: &Folder) -> Vec<String> {
    let run = check(folder);
    let places = run.out.lines().filter_map(|line| Some(line.split_once(": ")?.0.to_owned()));
    places.filter(|place| place.contains(".md:")).collect()
}

#[test]
fn what_is_known_is_not_reported() {
    let folder = archive();
    let run = check(&folder);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert!(run.out.contains("Nothing found in 2 articles"), "{run:?}");
    let baseline = folder.read("known");
    let mut sorted: Vec<&str> = baseline.lines().skip(1).collect();
    assert_eq!(sorted.len(), 4);
    sorted.sort_unstable();
    assert_eq!(sorted, baseline.lines().skip(1).collect::<Vec<_>>());
    // It may be read by whoever may read the other files here.
    let mode = |path: &str| folder.join(path).metadata().expect("it is there").permissions();
    assert_eq!(mode("known"), mode("newsmark.toml"));
    assert!(!baseline.contains("road"), "words are in no baseline: {baseline}");
}

#[test]
fn lines_and_files_may_move() {
    let folder = archive();
    let text = folder.read("2020/a.md").replace("[The road is", "New words above.\n\n[The road\nis");
    folder.write("2020/a.md", text);
    assert_eq!(new(&folder), [""; 0]);
    std::fs::create_dir(folder.join("2019")).expect("a folder");
    std::fs::rename(folder.join("2020/a.md"), folder.join("2019/old.md")).expect("it is there");
    assert_eq!(new(&folder), [""; 0]);
    // A copy is new work.
    folder.write("2021/copy.md", folder.read("2019/old.md"));
    assert_eq!(new(&folder).len(), 3);
}

#[test]
fn a_new_finding_is_never_known() {
    let folder = archive();
    let before = folder.read("2020/a.md");
    // Once more the same, in the same words.
    folder.write("2020/a.md", format!("{before}\n[Rain]{{.claim}}.\n"));
    assert_eq!(new(&folder), ["2020/a.md:13:1"]);
    // Other words.
    folder.write("2020/a.md", before.replace("The road", "The bridge"));
    assert_eq!(new(&folder), ["2020/a.md:7:1"]);
    // The words of another file, which is still there.
    folder.write("2020/a.md", before);
    folder.write("2020/c.md", format!("{HEAD}Said [@gone].\n"));
    assert_eq!(new(&folder), ["2020/c.md:7:7"]);
    assert_eq!(check(&folder).status, 1);
}

#[test]
fn what_is_mended_is_said_and_can_be_taken_out() {
    let folder = archive();
    folder.write("2020/b.md", format!("{HEAD}Nothing.\n"));
    let run = check(&folder);
    assert_eq!(run.err, "note: 1 entry of the baseline is found no more (--prune-baseline takes them out)\n");
    // Where nothing was looked for, nothing is gone.
    for args in [&["2020/a.md"][..], &["--rule", "unsourced-claim"], &["--level", "error"]] {
        let run = folder.run(&[&["check", "--baseline", "known", "--prune-baseline"], args].concat());
        assert_eq!(run.err, "", "{args:?}");
    }
    assert_eq!(folder.read("known").lines().count(), 5);
    let run = folder.run(&["check", "--baseline", "known", "--prune-baseline"]);
    assert!(run.err.contains("1 entry of the baseline is found no more, and taken out"), "{run:?}");
    assert_eq!(folder.read("known").lines().count(), 4);
    assert_eq!(check(&folder).err, "");
}

#[test]
fn what_is_no_baseline_is_said() {
    let folder = archive();
    for (text, said) in [
        ("", "`# newsmark baseline 1`"),
        ("# newsmark baseline 1\na.md unsourced-claim\n", "line 2 of known"),
        ("# newsmark baseline 1\na.md\tunsourced-claim\tx\n", "line 2 of known"),
    ] {
        folder.write("known", text);
        let run = check(&folder);
        assert!(run.status == 2 && run.err.contains(said), "{run:?}");
    }
    // A rule that is no more finds nothing.
    folder.write("known", "# newsmark baseline 1\na.md\tno-such-rule\t00\n");
    assert_eq!(new(&folder).len(), 4);
    let run = folder.run(&["check", "--baseline", "nowhere"]);
    assert!(run.status == 2 && run.err.contains("nowhere"), "{run:?}");
}
