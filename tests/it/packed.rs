//! What is packed of a file comes out as it was.

use std::sync::Arc;

use newsmark::corpus::{Change, Corpus, FileFacts, Packed};
use newsmark::diagnostic::FilePath;
use newsmark::lint::{self, FileRole};
use newsmark::rules;
use newsmark::workspace::discover;
use proptest::prelude::*;
use proptest::sample::select;

use crate::fixture::{self, Newsroom};
use crate::folder::Folder;
use crate::{incremental, parser};

fn check(facts: &FileFacts) {
    let packed = Packed::new(facts, rules::names()).expect("every rule is listed");
    let back = packed.unpack(&facts.path);
    assert_eq!(back.as_ref(), Some(facts));
    // Under another path it means something else or nothing, and nothing panics.
    let other: FilePath = Arc::from("another/path.md");
    assert!(packed.unpack(&other).is_none_or(|read| read.path == other));
}

fn read(path: &str, text: &str, role: FileRole) -> FileFacts {
    lint::read(&Arc::from(path), text, role)
}

/// A path, and a text that it may hold.
fn files() -> impl Strategy<Value = (&'static str, String)> {
    select(incremental::PATHS).prop_flat_map(|path| (Just(path), incremental::text_for(path)))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_comes_out_as_it_was(text in parser::anything()) {
        check(&read("2026/a.md", &text, FileRole::Article));
    }

    #[test]
    fn any_article_comes_out_as_it_was(text in parser::articles()) {
        check(&read("2026/a.md", &text, FileRole::Article));
        check(&read("people/a.md", &text, FileRole::Entities));
    }

    #[test]
    fn any_file_comes_out_as_it_was((path, text) in files()) {
        for role in [FileRole::Article, FileRole::Entities, FileRole::Sources, FileRole::Bibliography] {
            check(&read(path, &text, role));
        }
    }
}

#[test]
fn what_stands_apart_comes_out_as_it_was() {
    for text in [
        "",
        // A link of which the path does not follow from what is written.
        "[a](../../../up.md#x) [b](%2e%2e/c%20d.md) [c](<e f.md>)",
        // Columns that are no bytes, on many lines and in no order.
        "---\ntitle: 𝄞 é\ndate: 2026-03\nentities: {É: a, b: c}\n---\n𝄞 [é]{.claim #𝄞 by=É}[@b].\n\n𝄞\r\né [[É]]\r𝄞 [x]{.claim}",
        "<!-- newsmark-ignore empty-claim, unsourced-claim: 𝄞 -->\n\n[]{.claim}",
    ] {
        check(&read("2026/03/a.md", text, FileRole::Article));
    }
}

/// What is looked at is unpacked, and only that, and not for longer than it has to be.
#[test]
fn a_corpus_at_rest_is_packed() {
    let files = fixture::files(
        "//- a.md\nSee [[b#zone]], [it](b.md#zone) and [it](c.md).\n//- b.md\n[It is]{.claim #zone}\n//- c.md\nNo.\n\
         //- entities.yaml\n- {id: kasra, type: place}\n",
    );
    let mut newsroom = Newsroom::packed(&files);
    let count = |corpus: &Corpus| corpus.unpacked_count();
    assert_eq!(count(&newsroom.corpus), 1, "the registry");
    let a = newsroom.corpus.at_path("a.md").expect("it is there");
    assert!(!newsroom.diagnostics(a).is_empty(), "nothing says what the claim rests on");
    assert_eq!(count(&newsroom.corpus), 3, "a.md, and b.md for its claim");
    newsroom.corpus.rest();
    assert_eq!(count(&newsroom.corpus), 1);
    newsroom.corpus.look_at(a, |facts| assert_eq!(&*facts.path, "a.md"));
    assert_eq!(count(&newsroom.corpus), 1);

    // An open file stays as it is.
    let open = read("c.md", "Yes.", FileRole::Article);
    newsroom.corpus.apply([Change::Put(Box::new(open))]);
    newsroom.corpus.rest();
    assert_eq!(count(&newsroom.corpus), 2);
    newsroom.corpus.apply(newsroom.put("c.md", "No."));
    newsroom.corpus.rest();
    assert_eq!(count(&newsroom.corpus), 1);
}

/// What was read from a folder is a corpus that can change.
#[test]
fn what_leads_nowhere_is_known_after_a_folder_was_read() {
    let folder = Folder::new(&[
        ("newsmark.toml", ""),
        ("a.md", "[[ksara]] said so.\n"),
        ("b.md", "[[kasra]] said so, as [before](a.md).\n"),
        ("entities.yaml", "- {id: kasra, type: place}\n"),
    ]);
    let [request] = &discover(&[folder.path().to_owned()]).expect("the folder is there")[..] else {
        panic!("one folder, one corpus");
    };
    let root = &request.root;
    // With or without the look at all files side by side.
    for is_ready in [true, false] {
        let mut loaded = root.load(&root.files(&request.named), None, || ());
        assert_eq!(loaded.corpus.undecided().len(), 3);
        if is_ready {
            let corpus = &loaded.corpus;
            let asking: Vec<_> = corpus.undecided().iter().copied().filter(|id| corpus.asks(*id)).collect();
            loaded.corpus.decide(asking);
            assert_eq!(loaded.corpus.undecided(), []);
        }
        // What may be offered instead of the unknown name is another than before.
        let registry = read("more.entities.yaml", "- {id: ksarra, type: place}\n", FileRole::Entities);
        let touched = loaded.corpus.apply([Change::Put(Box::new(registry))]);
        let paths: Vec<&str> =
            touched.into_iter().filter_map(|id| Some(&**loaded.corpus.path(id)?)).collect();
        assert_eq!(paths, ["a.md", "more.entities.yaml"]);
        assert_eq!(loaded.corpus.unpacked_count(), 2, "registries");
    }
}
