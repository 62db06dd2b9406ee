//! From the text of a `newsmark.toml` to a configuration.

use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::globs::Use;
use super::value::{self, LEVELS, PROFILES, nearest};
use super::{
    ARTICLE_ENDINGS, Config, ENTITY_ENDINGS, EXCLUDE, Error, Globs, Name, Origin, Problem, SOURCE_ENDINGS,
    Set, Source, defaults, settings,
};
use crate::diagnostic::Level;
use crate::rules::{Profile, Rule};
use crate::text::{LineIndex, Span};

/// The keys of each table, in the order of the documentation.
pub(super) const TOP: &[&str] =
    &["required-version", "profile", "corpus", "rules", "suppressions", "pictures", "names", "overrides"];
pub(super) const CORPUS: &[&str] = &["articles", "entities", "sources", "exclude", "size-limit"];
pub(super) const SUPPRESSIONS: &[&str] = &["require-reason"];
pub(super) const PICTURES: &[&str] = &["outdated-days"];
pub(super) const OVERRIDE: &[&str] = &["paths", "profile", "rules"];

/// The version of this newsmark, for `required-version`.
const VERSION: &str = env!("CARGO_PKG_VERSION");

type Node<'t> = Spanned<DeValue<'t>>;
type Key<'t> = Spanned<std::borrow::Cow<'t, str>>;

/// An error with its span still in bytes.
struct Bad {
    span: Span,
    message: String,
}

/// Reads the whole file, or says at which place it cannot be read.
pub(super) fn config(text: &str, known: &'static [&'static Rule]) -> Result<Config, Error> {
    // A byte order mark is no part of TOML; editors on Windows write one all the same.
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let lines = LineIndex::new(text);
    let mut reader = Reader { mark, lines: &lines, config: defaults::config(known), known };
    let read = DeTable::parse(&text[mark..])
        .map_err(|error| Bad {
            span: error.span().map_or(Span::at(0), |range| {
                let end = range.end.min(text.len() - mark);
                Span::new(range.start.min(end), end).shifted(mark)
            }),
            message: format!("not valid TOML: {}", one_line(error.message())),
        })
        .and_then(|document| reader.top(document.get_ref()));
    let mut config = reader.config;
    if let Err(bad) = read {
        let at = lines.position(text, floor(text, bad.span.start()));
        return Err(Error { at, message: bad.message });
    }
    config.problems.sort_by_key(|problem| problem.span);
    config.source = Some(Arc::new(Source { text: text.to_owned(), lines }));
    Ok(config)
}

struct Reader<'a> {
    /// Bytes of the byte order mark.
    mark: usize,
    lines: &'a LineIndex,
    config: Config,
    known: &'static [&'static Rule],
}

impl Reader<'_> {
    fn top(&mut self, table: &DeTable<'_>) -> Result<(), Bad> {
        // First: where a newer newsmark is asked for, what else is odd is explained by it.
        if let Some(node) = table.get("required-version") {
            self.required_version(node)?;
        }
        for (key, node) in table {
            match key.get_ref().as_ref() {
                "required-version" => {}
                "profile" => {
                    let (profile, line) = self.profile(key, node)?;
                    self.config.profile = Set { value: profile, origin: Origin::File { line } };
                }
                "corpus" => self.corpus(key, node)?,
                "rules" => self.config.rules = self.rules(key, node)?,
                "suppressions" => self.suppressions(key, node)?,
                "pictures" => self.pictures(key, node)?,
                "names" => self.names(key, node)?,
                "overrides" => self.overrides(key, node)?,
                name => self.unknown_top(name, key),
            }
        }
        Ok(())
    }

    fn corpus(&mut self, key: &Key<'_>, node: &Node<'_>) -> Result<(), Bad> {
        for (key, node) in self.table(key, node)? {
            match key.get_ref().as_ref() {
                "articles" => {
                    self.config.articles = self.globs(key, node, Use::Read(ARTICLE_ENDINGS), &[])?
                }
                "entities" => self.config.entities = self.globs(key, node, Use::Read(ENTITY_ENDINGS), &[])?,
                "sources" => self.config.sources = self.globs(key, node, Use::Read(SOURCE_ENDINGS), &[])?,
                "exclude" => self.config.exclude = self.globs(key, node, Use::Any, EXCLUDE)?,
                "size-limit" => self.config.size_limit = self.size_limit(node)?,
                _ => self.unknown("corpus", key, CORPUS),
            }
        }
        Ok(())
    }

    fn suppressions(&mut self, key: &Key<'_>, node: &Node<'_>) -> Result<(), Bad> {
        for (key, node) in self.table(key, node)? {
            match key.get_ref().as_ref() {
                "require-reason" => {
                    let Some(value) = node.get_ref().as_bool() else {
                        return Err(self.wrong_type(key, node, "`true` or `false`"));
                    };
                    let line = self.line(self.span(key));
                    self.config.require_reason = Set { value, origin: Origin::File { line } };
                }
                _ => self.unknown("suppressions", key, SUPPRESSIONS),
            }
        }
        Ok(())
    }

    fn pictures(&mut self, key: &Key<'_>, node: &Node<'_>) -> Result<(), Bad> {
        for (key, node) in self.table(key, node)? {
            match key.get_ref().as_ref() {
                "outdated-days" => {
                    let days = match node.get_ref() {
                        DeValue::Integer(number) => u32::from_str_radix(number.as_str(), number.radix()).ok(),
                        _ => None,
                    };
                    let Some(value) = days else {
                        return Err(self.wrong_type(key, node, "a number of days"));
                    };
                    let line = self.line(self.span(key));
                    self.config.outdated_days = Set { value, origin: Origin::File { line } };
                }
                _ => self.unknown("pictures", key, PICTURES),
            }
        }
        Ok(())
    }

    fn names(&mut self, key: &Key<'_>, node: &Node<'_>) -> Result<(), Bad> {
        for (name, node) in self.table(key, node)? {
            let Some(entity) = node.get_ref().as_str() else {
                return Err(self.wrong_type(name, node, "the id of an entity, as text"));
            };
            let entry = Name {
                name: name.get_ref().clone().into_owned(),
                name_span: self.span(name),
                entity: entity.to_owned(),
                entity_span: self.span(node),
            };
            self.config.names.push(entry);
        }
        self.config.names.sort_by_key(|name| name.name_span);
        Ok(())
    }

    fn overrides(&mut self, key: &Key<'_>, node: &Node<'_>) -> Result<(), Bad> {
        let Some(entries) = node.get_ref().as_array() else {
            return Err(self.bad(
                key,
                "`overrides` is a list of tables: begin each with a line `[[overrides]]`, in two pairs of \
                 brackets",
            ));
        };
        for node in entries {
            let Some(table) = node.get_ref().as_table() else {
                return Err(self.bad(node, "each entry of `overrides` is a table with `paths`"));
            };
            let mut entry = settings::Override {
                paths: Globs::new(Vec::new(), Use::Any).expect("no pattern, no mistake"),
                profile: None,
                rules: Vec::new(),
            };
            if !table.contains_key("paths") {
                return Err(
                    self.bad(node, "this override does not say for which files it is: add `paths = [\"…\"]`")
                );
            }
            for (key, node) in table {
                match key.get_ref().as_ref() {
                    "paths" => entry.paths = self.globs(key, node, Use::Any, &[])?,
                    "profile" => entry.profile = Some(self.profile(key, node)?),
                    "rules" => entry.rules = self.rules(key, node)?,
                    _ => self.unknown("overrides", key, OVERRIDE),
                }
            }
            self.config.overrides.push(entry);
        }
        Ok(())
    }

    fn required_version(&self, node: &Node<'_>) -> Result<(), Bad> {
        const FORM: &str = "`required-version` is a requirement such as \">=0.1\"";
        let Some(text) = node.get_ref().as_str() else {
            return Err(self.bad(node, &format!("{FORM}, not {}", kind(node))));
        };
        let requirement = semver::VersionReq::parse(text)
            .map_err(|error| self.bad(node, &format!("{FORM}; `{text}`: {error}")))?;
        let version = semver::Version::parse(VERSION).expect("cargo checks the version");
        if requirement.matches(&version) {
            return Ok(());
        }
        Err(self.bad(
            node,
            &format!(
                "this corpus asks for newsmark {text}, and this is newsmark {VERSION}: install another, or \
                 change `required-version`"
            ),
        ))
    }

    fn profile(&self, key: &Key<'_>, node: &Node<'_>) -> Result<(Profile, u32), Bad> {
        let profile = self.word(key, node, PROFILES, "profile")?;
        Ok((profile, self.line(self.span(key))))
    }

    /// A table from rules to levels. A rule that nobody knows is reported and passed over;
    /// a level that nobody knows cannot be, because then the rule's own would hold.
    fn rules(&mut self, key: &Key<'_>, node: &Node<'_>) -> Result<settings::Levels, Bad> {
        let mut levels = settings::Levels::new();
        for (name, node) in self.table(key, node)? {
            let level: Option<Level> = self.word(name, node, LEVELS, "level")?;
            let span = self.span(name);
            match self.known.iter().find(|rule| rule.name == name.get_ref().as_ref()) {
                Some(rule) => levels.push((rule.name, level, self.line(span))),
                None => self.unknown_rule(name.get_ref(), span),
            }
        }
        Ok(levels)
    }

    /// One of a few words.
    fn word<T: Copy>(
        &self,
        key: &Key<'_>,
        node: &Node<'_>,
        words: &[(&str, T)],
        what: &str,
    ) -> Result<T, Bad> {
        let all: Vec<String> = words.iter().map(|(word, _)| format!("\"{word}\"")).collect();
        let form = or_list(&all);
        let Some(text) = node.get_ref().as_str() else {
            return Err(self.wrong_type(key, node, &form));
        };
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text) {
            return Ok(*value);
        }
        let advice = match nearest(text, words.iter().map(|(word, _)| *word)) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("write {form}"),
        };
        Err(self.bad(node, &format!("there is no {what} \"{text}\": {advice}")))
    }

    fn size_limit(&self, node: &Node<'_>) -> Result<Set<u64>, Bad> {
        let read = match node.get_ref() {
            DeValue::String(text) => value::size(text),
            DeValue::Integer(number) => match i128::from_str_radix(number.as_str(), number.radix()) {
                Ok(bytes) if bytes >= 0 => value::bounded(u64::try_from(bytes).unwrap_or(u64::MAX)),
                _ => Err("a size is no less than 1"),
            },
            _ => Err("a size is a number of bytes, or a text such as \"16 MiB\""),
        };
        let value = read.map_err(|why| self.bad(node, &format!("`size-limit`: {why}")))?;
        Ok(Set { value, origin: Origin::File { line: self.line(self.span(node)) } })
    }

    /// A list of patterns, which `more` is added to.
    fn globs(&self, key: &Key<'_>, node: &Node<'_>, usage: Use, more: &[&str]) -> Result<Globs, Bad> {
        const FORM: &str = "a list of patterns, such as [\"stories/**\"]";
        // A single pattern without the brackets is plain enough to be taken.
        let nodes: Vec<&Node<'_>> = match node.get_ref() {
            DeValue::Array(nodes) => nodes.iter().collect(),
            DeValue::String(_) => vec![node],
            _ => return Err(self.wrong_type(key, node, FORM)),
        };
        let mut patterns = Vec::with_capacity(nodes.len());
        for node in &nodes {
            let Some(text) = node.get_ref().as_str() else {
                return Err(self.wrong_type(key, node, FORM));
            };
            let span = self.span(*node);
            patterns.push((text.to_owned(), Origin::File { line: self.line(span) }, Some(span)));
        }
        patterns.extend(more.iter().map(|pattern| ((*pattern).to_owned(), Origin::Default, None)));
        Globs::new(patterns, usage).map_err(|bad| {
            let node = nodes[bad.index];
            let text = node.get_ref().as_str().unwrap_or_default();
            self.bad(node, &format!("`{text}` is no pattern that can match a file: {}", bad.why))
        })
    }

    fn table<'n, 't>(&self, key: &Key<'_>, node: &'n Node<'t>) -> Result<&'n DeTable<'t>, Bad> {
        node.get_ref().as_table().ok_or_else(|| {
            let name = key.get_ref();
            self.wrong_type(key, node, &format!("a table: a line `[{name}]` with the settings below it"))
        })
    }

    fn wrong_type(&self, key: &Key<'_>, node: &Node<'_>, wanted: &str) -> Bad {
        self.bad(node, &format!("`{}` takes {wanted}, not {}", key.get_ref(), kind(node)))
    }

    fn bad<T>(&self, node: &Spanned<T>, message: &str) -> Bad {
        Bad { span: self.span(node), message: one_line(message) }
    }

    fn unknown_top(&mut self, name: &str, key: &Key<'_>) {
        let belongs = if self.known.iter().any(|rule| rule.name == name) {
            Some("rules")
        } else if CORPUS.contains(&name) {
            Some("corpus")
        } else if SUPPRESSIONS.contains(&name) {
            Some("suppressions")
        } else if PICTURES.contains(&name) {
            Some("pictures")
        } else {
            None
        };
        let Some(table) = belongs else { return self.unknown("", key, TOP) };
        self.config.problems.push(Problem {
            span: self.span(key),
            message: format!("`{name}` has no effect here"),
            help: Some(format!("it belongs below a line `[{table}]`")),
            replacement: None,
        });
    }

    fn unknown(&mut self, table: &str, key: &Key<'_>, known: &[&str]) {
        let name = key.get_ref();
        // In TOML everything below a `[table]` belongs to it: a frequent slip.
        let is_top = !table.is_empty() && TOP.contains(&name.as_ref());
        let near = nearest(name, known.iter().copied());
        let section = if table.is_empty() { String::new() } else { format!(" in `[{table}]`") };
        let help = match near {
            _ if is_top => {
                format!("`{name}` stands at the top of the file, before the first line in brackets")
            }
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the keys here are {}", and_list(known)),
        };
        self.config.problems.push(Problem {
            span: self.span(key),
            message: format!("unknown key `{name}`{section}"),
            help: Some(help),
            replacement: if is_top { None } else { near.map(str::to_owned) },
        });
    }

    fn unknown_rule(&mut self, name: &str, span: Span) {
        let near = nearest(name, self.known.iter().map(|rule| rule.name));
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`newsmark rules` lists them all".to_owned(),
        };
        self.config.problems.push(Problem {
            span,
            message: format!("there is no rule `{name}`"),
            help: Some(help),
            replacement: near.map(str::to_owned),
        });
    }

    fn span<T>(&self, node: &Spanned<T>) -> Span {
        Span::from(node.span()).shifted(self.mark)
    }

    /// The line of a span, from 1.
    fn line(&self, span: Span) -> u32 {
        self.lines.line_of(span.start()) as u32 + 1
    }
}

/// What a value is, with its article.
fn kind(node: &Node<'_>) -> &'static str {
    match node.get_ref() {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "`true` or `false`",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

fn or_list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}

fn and_list(words: &[&str]) -> String {
    match words {
        [] => "none".to_owned(),
        [one] => format!("`{one}` alone"),
        [most @ .., last] => format!("`{}` and `{last}`", most.join("`, `")),
    }
}

/// Messages are one line: what ends the run is one line on standard error.
fn one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
