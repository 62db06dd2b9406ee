//! The beginnings of another article: where it lies, by the example of the last one, and the
//! front matter that every article has.

use crate::config::Config;
use crate::corpus::{Corpus, id_of_name};
use crate::data::date::Date;
use crate::data::yaml::scalar;
use crate::diagnostic::FilePath;

/// A file that is not there yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewArticle {
    /// Where it is to be, from the corpus root; nothing is there.
    pub path: FilePath,
    /// What it is to hold.
    pub text: String,
}

/// How many articles of one title a day is looked at for a name that is free.
const MOST_ALIKE: usize = 1000;

/// The beginnings of an article with that headline, dated `today` (a day, as EDTF has it).
///
/// # Errors
/// Where the headline has no letters to make a file's name of, or every place for it is taken
/// or outside what the configuration takes for articles. In words for whoever asked.
pub fn new_article(
    corpus: &Corpus,
    config: &Config,
    title: &str,
    today: &Date,
    author: Option<&str>,
) -> Result<NewArticle, String> {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let slug = slug(&title);
    if slug.is_empty() {
        return Err("an article needs a headline with letters or digits in it".to_owned());
    }
    let day = today.to_string();
    let [year, month, day_of_month] = parts(&day).ok_or("the day is no day of the calendar")?;
    let example = corpus.latest_article().and_then(|id| Some((corpus.path(id)?, corpus.day(id)?)));
    let (folder, dated_name) = match &example {
        None => (String::new(), false),
        Some((path, then)) => {
            let then = then.to_string();
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            (folder_like(folder, &then, [year, month, day_of_month]), name.starts_with(&then))
        }
    };
    let name = if dated_name { format!("{day}-{slug}") } else { slug };
    let places = [folder.as_str(), ""];
    let folder = places
        .into_iter()
        .find(|folder| config.articles.is_match(&joined(folder, &format!("{name}.md"))))
        .ok_or("the configuration takes no file there for an article: see `articles` in newsmark.toml")?;
    let names = std::iter::once(name.clone()).chain((2..MOST_ALIKE).map(|number| format!("{name}-{number}")));
    let path = names
        .map(|name| joined(folder, &format!("{name}.md")))
        .find(|path| !corpus.is_there(path))
        .ok_or("there are too many articles of that name")?;
    let mut text = format!("---\ntitle: {}\ndate: {day}\n", scalar(&title));
    if let Some(author) = author.map(str::trim).filter(|author| !author.is_empty()) {
        text.push_str(&format!("author: {}\n", scalar(author)));
    }
    text.push_str("status: draft\n---\n\n");
    Ok(NewArticle { path: path.into(), text })
}

fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// The words as a file's name: small letters and digits, hyphens between.
fn slug(title: &str) -> String {
    let id = id_of_name(title);
    let words = id.split('-').filter(|word| !word.is_empty());
    let mut slug = String::new();
    for word in words {
        // Longer than any name that somebody types.
        if slug.len() + word.len() > 60 && !slug.is_empty() {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    slug
}

/// Year, month and day of `2026-03-11`.
fn parts(day: &str) -> Option<[&str; 3]> {
    let mut parts = day.splitn(3, '-');
    let parts = [parts.next()?, parts.next()?, parts.next()?];
    parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit())).then_some(parts)
}

/// The folder with the parts of the day `then` in it made those of today: `2026/03`.
fn folder_like(folder: &str, then: &str, today: [&str; 3]) -> String {
    let Some(then) = parts(then) else { return folder.to_owned() };
    let mut wanted = then.iter().zip(today).peekable();
    let mut out: Vec<String> = Vec::new();
    for part in folder.split('/') {
        match wanted.peek() {
            Some((before, now)) if part == **before => {
                out.push((*now).to_owned());
                wanted.next();
            }
            _ if part == format!("{}-{}", then[0], then[1]) => out.push(format!("{}-{}", today[0], today[1])),
            _ => out.push(part.to_owned()),
        }
    }
    out.join("/")
}
