//! New articles: where they lie and how they begin.

use newsmark::data::date::Date;
use newsmark::features::new_article;

use crate::fixture::{self, Newsroom};

fn begin(desk: &str, title: &str, author: Option<&str>) -> Result<(String, String), String> {
    let room = Newsroom::new(&fixture::files(desk));
    let today = Date::parse("2026-11-22").expect("a date");
    let new = new_article(&room.corpus, &room.config, title, &today, author)?;
    // What is begun is an article without a fault, but for what nobody has written yet.
    let mut files = fixture::files(desk);
    files.insert(new.path.to_string(), new.text.clone());
    let again = Newsroom::new(&files);
    let id = again.corpus.at_path(&new.path).expect("it is in the corpus");
    let found = again.diagnostics(id);
    let rules: Vec<&str> = found.iter().map(|one| one.rule).collect();
    let expected: &[&str] = if author.is_some() { &[] } else { &["missing-author"] };
    assert_eq!(rules, expected, "{found:?}");
    Ok((new.path.to_string(), new.text))
}

fn path(desk: &str, title: &str) -> String {
    begin(desk, title, Some("A. Desk")).expect("it can be begun").0
}

#[test]
fn it_lies_where_the_last_one_does() {
    assert_eq!(path("", "A Story"), "a-story.md");
    let dated = "//- 2025/12/old.md\n---\ndate: 2025-12-30\n---\nx\n//- 2026/03/aid.md\n---\ndate: 2026-03-11\n---\nx\n";
    assert_eq!(path(dated, "Flood: 40 dead"), "2026/11/flood-40-dead.md");
    let by_day = "//- news/2026-03/2026-03-11-aid.md\n---\ndate: 2026-03-11\n---\nx\n";
    assert_eq!(path(by_day, "Höhe"), "news/2026-11/2026-11-22-höhe.md");
    let flat = "//- stories/aid.md\n---\ndate: 2026-03-11\n---\nx\n//- stories/a-story.md\nx\n";
    assert_eq!(path(flat, "A Story"), "stories/a-story-2.md");
}

#[test]
fn it_begins_with_what_every_article_has() {
    let (_, text) = begin("", "Flood: “40” dead, 3 hurt", Some("Anna Kern")).expect("it can be begun");
    let expected = "---\ntitle: \"Flood: “40” dead, 3 hurt\"\ndate: 2026-11-22\nauthor: Anna Kern\nstatus: draft\n---\n\n";
    assert_eq!(text, expected);
    let (_, text) = begin("", "Plain words", None).expect("it can be begun");
    assert_eq!(text, "---\ntitle: Plain words\ndate: 2026-11-22\nstatus: draft\n---\n\n");
}

#[test]
fn without_letters_or_a_place_there_is_none() {
    assert_eq!(
        begin("", "…", None),
        Err("an article needs a headline with letters or digits in it".to_owned())
    );
    let nowhere = "//- newsmark.toml\n[corpus]\narticles = [\"20*/**/*.md\"]\n";
    let why = begin(nowhere, "A story", None).expect_err("it lies nowhere");
    assert!(why.starts_with("the configuration takes no file there for an article"), "{why}");
}
