//! Completions: `tests/features/completion.md`.

use std::fmt::Write as _;

use newsmark::corpus::{FileFacts, FileKind};
use newsmark::features::{self, CompletionKind};

use super::{at, check, facts, show};
use crate::fixture::{Files, Newsroom};

/// Whoever writes a date writes this one.
const TODAY: Option<&str> = Some("2026-11-22");

/// So many of them are drawn.
const SHOWN: usize = 12;

/// An item a line: its label and what else it goes by, its kind, what is written where that is
/// something else, and what it says of itself.
fn completion(room: &Newsroom, files: &Files, path: &str, offset: usize) -> String {
    let text = &files[path];
    let Some(found) = features::completion(&room.corpus, facts(&room.corpus, path), text, offset, TODAY)
    else {
        return format!("{path} {}: nothing\n", show(text, at(text, offset)));
    };
    let mut out = format!("{path} {}", show(text, found.typed));
    if found.word != found.typed {
        let _ = write!(out, ", replacing {}", show(text, found.word));
    }
    let _ = writeln!(out, "{}", if found.incomplete { " (and more)" } else { "" });
    for item in found.items.iter().take(SHOWN) {
        let _ = write!(out, "  {}", item.label);
        if let Some(also) = &item.also {
            let _ = write!(out, " ({also})");
        }
        if item.text != item.label {
            let _ = write!(out, " => `{}`", item.text);
        }
        if let Some(snippet) = &item.snippet {
            let _ = write!(out, " or `{snippet}`");
        }
        let _ = write!(out, " [{}{}]", if item.deprecated { "deprecated " } else { "" }, kind(item.kind));
        if let Some(detail) = &item.detail {
            let _ = write!(out, " {detail}");
        }
        out.push('\n');
    }
    let more = found.items.len().saturating_sub(SHOWN);
    if more > 0 {
        let _ = writeln!(out, "  and {more} more");
    }
    out
}

fn kind(kind: CompletionKind) -> String {
    format!("{kind:?}").to_lowercase()
}

#[test]
fn completions_are_those_that_the_fixture_shows() {
    check("completion", completion);
}

/// The labels of what is offered at the cursor of a `newsmark.toml`.
fn configured(text: &str) -> Vec<String> {
    let room = Newsroom::new(&Files::from([("entities.yaml".to_owned(), "- {id: northland}\n".to_owned())]));
    let offset = text.find("$0").expect("there is a cursor");
    let file = FileFacts::empty("newsmark.toml".into(), FileKind::Registry);
    let found = features::completion(&room.corpus, &file, &text.replacen("$0", "", 1), offset, TODAY);
    found.into_iter().flat_map(|found| found.items).map(|item| item.label).collect()
}

#[test]
fn the_configuration_is_completed_by_its_schema() {
    assert_eq!(configured("prof$0"), ["profile"]);
    assert_eq!(configured("profile = \"$0\""), ["draft", "publish", "standard"]);
    assert_eq!(configured("[ru$0]"), ["rules"]);
    assert_eq!(configured("[[over$0"), ["overrides"]);
    assert_eq!(configured("[rules]\nundefined-so$0"), ["undefined-source"]);
    assert_eq!(configured("[rules]\nundefined-source = \"wa$0\""), ["warning"]);
    assert_eq!(configured("[suppressions]\n$0"), ["require-reason"]);
    assert_eq!(configured("[names]\n\"Norhaven\" = \"$0\""), ["northland"]);
    assert_eq!(configured("# prof$0"), [""; 0]);
}
