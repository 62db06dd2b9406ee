//! Figures of one event in very many articles, and very many in one: what is looked at is
//! counted.

use std::fmt::Write as _;
use std::sync::Arc;

use newsmark::corpus::{Change, FileId};
use newsmark::diagnostic::Diagnostic;
use newsmark::lint::{self, FileRole};

use crate::fixture::{Files, Newsroom};

/// As many articles as one event gets in years.
const ARTICLES: usize = 3_000;

fn files(article: impl Fn(usize) -> String) -> Files {
    let mut files: Files = (0..ARTICLES).map(|number| (format!("{number:05}.md"), article(number))).collect();
    let entities = "- {id: raid, type: event, aliases: [the raid]}\n- {id: hospital, type: organisation}\n";
    files.insert("entities.yaml".to_owned(), entities.to_owned());
    files
}

fn article(killed: usize) -> String {
    format!(
        "---\ndate: 2026-03-11\n---\n[[{killed}]{{.figure what=killed}} people]{{.claim by=hospital event=raid}} \
         and [40]{{.figure what=wounded event=\"the raid\"}}.\n"
    )
}

fn conflicts(newsroom: &Newsroom, file: FileId) -> Vec<Diagnostic> {
    let all = newsroom.diagnostics(file);
    all.into_iter().filter(|diagnostic| diagnostic.rule == "figure-conflict").collect()
}

fn id(newsroom: &Newsroom, path: &str) -> FileId {
    newsroom.corpus.at_path(path).expect("the article is there")
}

#[test]
fn a_contradiction_is_found_without_looking_into_the_other_articles() {
    let mut newsroom = Newsroom::packed(&files(|number| article(if number == 7 { 31 } else { 28 })));
    newsroom.corpus.rest();
    let registries = newsroom.corpus.unpacked_count();
    let last = format!("{:05}.md", ARTICLES - 1);
    let found = conflicts(&newsroom, id(&newsroom, &last));
    assert_eq!(found.len(), 1);
    assert_eq!(&*found[0].related[0].location.path, "00007.md");
    // The article itself, and the one that it contradicts.
    assert_eq!(newsroom.corpus.unpacked_count() - registries, 2);
}

#[test]
fn a_key_press_touches_those_who_contradict_the_article_and_nobody_else() {
    let mut newsroom = Newsroom::packed(&files(|_| article(28)));
    let put = |newsroom: &mut Newsroom, path: &str, text: &str| {
        newsroom.corpus.rest();
        let facts = lint::read(&Arc::from(path), text, FileRole::Article);
        newsroom.corpus.apply([Change::Put(Box::new(facts))])
    };
    // The entities whose use may have changed are looked at, too.
    let touched = put(&mut newsroom, "00007.md", &format!("\n{}", article(28)));
    assert!(touched.len() <= 2, "{} files", touched.len());
    let touched = put(&mut newsroom, "00007.md", &article(31));
    assert!(touched.len() > ARTICLES - 10, "all that come after say otherwise: {} files", touched.len());
    let touched = put(&mut newsroom, "02999.md", &format!("\n{}", article(28)));
    assert!(touched.len() <= 2, "{} files", touched.len());
}

#[test]
fn ten_thousand_figures_in_one_article_are_one_finding() {
    let mut text = "---\ndate: 2026-03-11\n---\n".to_owned();
    for number in 0..10_000 {
        let _ = writeln!(text, "[{number}]{{.figure what=killed event=raid subset-of=killed}}\n");
    }
    let newsroom = Newsroom::packed(
        &files(|_| text.clone())
            .into_iter()
            .take(1)
            .chain([("entities.yaml".to_owned(), "- {id: raid, type: event}\n".to_owned())])
            .collect(),
    );
    let found = conflicts(&newsroom, id(&newsroom, "00000.md"));
    assert_eq!(found.len(), 1);
    assert!(found[0].related.len() < 10);
}

/// Thousands of figures in a claim that is said to update thousands.
#[test]
fn links_of_many_to_many_are_followed_once() {
    let of = |number: usize, id: &str, links: &str| {
        let figures: String =
            (0..2_000).map(|at| format!("[{}]{{.figure what=killed}} ", number + at % 2)).collect();
        format!("[{figures}]{{.claim #{id} by=hospital event=raid{links}}}\n\n")
    };
    let text = format!("{}{}", of(9, "first", ""), of(30, "second", " updates=#first"));
    let newsroom = Newsroom::packed(&Files::from([
        ("a.md".to_owned(), text),
        (
            "entities.yaml".to_owned(),
            "- {id: raid, type: event}\n- {id: hospital, type: organisation}\n".to_owned(),
        ),
    ]));
    let found = conflicts(&newsroom, id(&newsroom, "a.md"));
    assert_eq!(found.len(), 1, "30 and 31");
    assert!(found[0].message.contains(" is 31 here and 30 "), "{}", found[0].message);
}
