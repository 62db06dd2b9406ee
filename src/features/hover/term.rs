//! What a key, a class, a word or a date says.

use crate::corpus::FileFacts;
use crate::data::date::Date;
use crate::data::term::Term;

use super::super::markdown::{Page, escape, strong};
use super::super::written::What;

/// Of more words than this only the names are shown.
const EXPLAINED: usize = 8;

pub(super) fn page(file: &FileFacts, what: &What) -> Page {
    match what {
        What::Class(term) => {
            let mut page = Page::new(format!("{} · class", strong(&format!(".{}", term.name))));
            page.line(escape(term.meaning));
            page
        }
        What::Key(term) => key(term),
        What::Word(term, word) => {
            let mut page = Page::new(format!("{} · {}", strong(word), escape(term.name)));
            page.line(term.word(word).map(escape));
            page
        }
        What::Date(date) => self::date(file, date),
    }
}

/// A key: what it takes, what it means, and its words.
fn key(term: &Term) -> Page {
    let takes =
        if term.takes.is_empty() { String::new() } else { format!(" · takes {}", escape(term.takes)) };
    let mut page = Page::new(strong(term.name) + &takes);
    page.line(escape(term.meaning));
    if term.words.len() <= EXPLAINED {
        for (word, meaning) in term.words {
            page.item(format!("{}: {}", escape(word), escape(meaning)));
        }
    } else {
        let words: Vec<String> = term.words.iter().map(|(word, _)| escape(word)).collect();
        page.item(words.join(", "));
    }
    page
}

/// A date in words, and how far from the article it is.
fn date(file: &FileFacts, date: &Date) -> Page {
    let mut page = Page::new(strong(&date.in_words()));
    let own = file.article.as_ref().and_then(|article| article.dates.first()).and_then(Date::day);
    let distance = date.day().zip(own).map(|(day, own)| day.days_since(own));
    page.line(distance.and_then(|days| match days {
        0 => None,
        -1 => Some("the day before the article".to_owned()),
        1 => Some("the day after the article".to_owned()),
        days if days < 0 => Some(format!("{} days before the article", days.unsigned_abs())),
        days => Some(format!("{days} days after the article")),
    }));
    page
}
