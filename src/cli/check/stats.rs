//! How many findings there are of what.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::time::Duration;

use serde_json::json;

use super::lint::Times;
use crate::cli::output::{Output, plain};
use crate::cli::report::{Part, counted};
use crate::data;
use crate::diagnostic::Level;
use crate::syntax::front_matter;

/// Of articles and authors those with the most findings are listed.
const MOST: usize = 10;

/// Findings, counted.
pub(super) struct Stats {
    levels: Vec<(String, usize)>,
    rules: Vec<(String, usize)>,
    articles: Vec<(String, usize)>,
    authors: Vec<(String, usize)>,
    times: Times,
    time: Duration,
}

impl Stats {
    /// Counts. An article's authors are read from its front matter; each of several has all of it.
    pub(super) fn new(parts: &[Part<'_>], times: Times, time: Duration) -> Stats {
        let mut levels = BTreeMap::from([(Level::Error, 0), (Level::Warning, 0), (Level::Hint, 0)]);
        let (mut rules, mut articles, mut authors) =
            (BTreeMap::<&str, usize>::new(), BTreeMap::new(), BTreeMap::new());
        for part in parts {
            for (path, findings) in part.by_file() {
                for finding in findings {
                    *levels.entry(finding.level).or_default() += 1;
                    *rules.entry(finding.rule).or_default() += 1;
                }
                *articles.entry(part.shown(path)).or_default() += findings.len();
                for author in written_by((part.text)(path)) {
                    *authors.entry(author).or_default() += findings.len();
                }
            }
        }
        Stats {
            levels: levels.into_iter().rev().map(|(level, count)| (level.to_string(), count)).collect(),
            rules: most_first(rules.into_iter().map(|(rule, count)| (rule.to_owned(), count))),
            articles: most_first(articles),
            authors: most_first(authors),
            times,
            time,
        }
    }

    /// Prints them, as tables or as one object on a line.
    pub(super) fn write(&self, out: &mut Output, is_json: bool) -> io::Result<()> {
        if is_json {
            let of = |counts: &[(String, usize)]| -> serde_json::Map<String, serde_json::Value> {
                counts.iter().map(|(name, count)| (name.clone(), json!(count))).collect()
            };
            let all = json!({
                "levels": of(&self.levels),
                "rules": of(&self.rules),
                "articles": of(&self.articles),
                "authors": of(&self.authors),
                "seconds": {
                    "reading": self.times.reading.as_secs_f64(),
                    "judging": self.times.judging.as_secs_f64(),
                    "all": self.time.as_secs_f64(),
                },
            });
            return writeln!(out, "{all}");
        }
        for (title, counts, most) in [
            ("Level", &self.levels, usize::MAX),
            ("Rule", &self.rules, usize::MAX),
            ("File", &self.articles, MOST),
            ("Author", &self.authors, MOST),
        ] {
            if !counts.is_empty() {
                section(out, title, counts, most)?;
            }
        }
        let (reading, judging) = (self.times.reading.as_secs_f64(), self.times.judging.as_secs_f64());
        let all = self.time.as_secs_f64();
        writeln!(out, "{all:.2} s: {reading:.2} s for reading, {judging:.2} s for judging")
    }
}

/// The authors of an article, as its front matter has them.
fn written_by(text: Option<String>) -> Vec<String> {
    let Some(text) = text else { return Vec::new() };
    let Some(block) = data::front_matter(&text) else { return Vec::new() };
    let authors = front_matter::read(&text, &block).authors;
    authors.iter().map(|author| author.as_str().trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

fn most_first(counts: impl IntoIterator<Item = (String, usize)>) -> Vec<(String, usize)> {
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by(|(a, x), (b, y)| y.cmp(x).then_with(|| a.cmp(b)));
    counts
}

fn section(out: &mut Output, title: &str, counts: &[(String, usize)], most: usize) -> io::Result<()> {
    let digits = counts.iter().map(|(_, count)| count.to_string().len()).max().unwrap_or(1);
    writeln!(out, "{title}")?;
    for (name, count) in counts.iter().take(most) {
        writeln!(out, "  {count:>digits$}  {}", plain(name))?;
    }
    if let Some(more) = counts.len().checked_sub(most).filter(|more| *more > 0) {
        let findings: usize = counts.iter().skip(most).map(|(_, count)| count).sum();
        writeln!(out, "  {findings:>digits$}  in {} more", counted(more, "other", "others"))?;
    }
    writeln!(out)
}
