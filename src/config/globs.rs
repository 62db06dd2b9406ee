//! Lists of path patterns.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::Origin;
use crate::text::Span;

/// One pattern of a list, as somebody wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// The pattern.
    pub text: String,
    /// Where it comes from.
    pub origin: Origin,
    /// Where it stands in the configuration, quotation marks included.
    pub span: Option<Span>,
    /// The folders that it names before its first wildcard, joined by `/`.
    base: String,
}

/// What a list's patterns are for: which endings a pattern that names a folder means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// Files to read: a pattern that names a folder means the files in it that
    /// have one of these endings, so that `stories/**` takes no picture.
    Read(&'static [&'static str]),
    /// Anything: a pattern that names a folder means all that is in it.
    Any,
}

/// A list of patterns, compiled.
#[derive(Clone, Debug)]
pub struct Globs {
    patterns: Vec<Pattern>,
    set: GlobSet,
    /// For each glob of the set, the pattern that it was made of.
    pattern_of: Vec<usize>,
}

/// Why a pattern is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct BadGlob {
    /// Which of the patterns.
    pub(super) index: usize,
    /// What is wrong with it, as the second half of a sentence.
    pub(super) why: String,
}

impl Globs {
    /// Whether both have the same patterns, wherever these stand.
    #[must_use]
    pub fn are_those_of(&self, other: &Globs) -> bool {
        self.patterns.iter().map(|own| &own.text).eq(other.patterns.iter().map(|pattern| &pattern.text))
    }

    /// Compiles patterns: from the corpus root, `/` between folders, `*` within
    /// a name and `**` over folders.
    pub(super) fn new(patterns: Vec<(String, Origin, Option<Span>)>, usage: Use) -> Result<Globs, BadGlob> {
        let mut set = GlobSetBuilder::new();
        let mut pattern_of = Vec::new();
        let mut kept = Vec::with_capacity(patterns.len());
        for (index, (text, origin, span)) in patterns.into_iter().enumerate() {
            let bad = |why: String| BadGlob { index, why };
            let plain = checked(&text).map_err(|why| bad(why.to_owned()))?;
            for glob in expanded(plain, usage) {
                let glob = GlobBuilder::new(&glob)
                    .literal_separator(true)
                    .build()
                    .map_err(|error| bad(error.kind().to_string()))?;
                set.add(glob);
                pattern_of.push(index);
            }
            kept.push(Pattern { base: base(plain), text, origin, span });
        }
        // Only a set too large for its automaton can fail here, which single
        // globs of a configuration file do not add up to.
        let set = set.build().map_err(|error| BadGlob { index: 0, why: error.to_string() })?;
        Ok(Globs { patterns: kept, set, pattern_of })
    }

    /// The first pattern of the list that takes `path` (from the corpus root, with `/`).
    #[must_use]
    pub fn matched(&self, path: &str) -> Option<&Pattern> {
        if !self.set.is_match(path) {
            return None;
        }
        let first = self.set.matches(path).into_iter().map(|at| self.pattern_of[at]).min()?;
        self.patterns.get(first)
    }

    /// Whether one of the patterns takes `path`.
    #[must_use]
    pub fn is_match(&self, path: &str) -> bool {
        self.set.is_match(path)
    }

    /// Whether a pattern that was written in the configuration takes `path` and spells
    /// its name out.
    #[must_use]
    pub fn spells_out(&self, path: &str) -> bool {
        let name = |path: &str| path.rsplit('/').next().map(str::to_owned);
        let spells =
            |pattern: &Pattern| pattern.origin != Origin::Default && name(&pattern.text) == name(path);
        self.is_match(path)
            && self.set.matches(path).into_iter().any(|at| spells(&self.patterns[self.pattern_of[at]]))
    }

    /// Whether a file under `folder` could be taken by a pattern that was written
    /// in the configuration. May say yes where there is none, never no where there is one.
    #[must_use]
    pub fn configured_may_reach(&self, folder: &str) -> bool {
        self.patterns
            .iter()
            .filter(|pattern| pattern.origin != Origin::Default)
            .any(|pattern| within(folder, &pattern.base) || within(&pattern.base, folder))
    }

    /// The patterns, in the order in which they were written.
    #[must_use]
    pub fn patterns(&self) -> &[Pattern] {
        &self.patterns
    }
}

/// Whether `inner` is the folder `outer` or lies in it.
fn within(inner: &str, outer: &str) -> bool {
    outer.is_empty() || inner == outer || inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'))
}

/// The pattern without `./` in front and `/` at the end, if it can match anything.
fn checked(text: &str) -> Result<&str, &'static str> {
    let plain = text.trim_start_matches("./").trim_end_matches('/');
    if plain.is_empty() {
        return Err("it is empty");
    }
    if plain.starts_with('/') {
        return Err("patterns begin at the folder of newsmark.toml, without a `/` in front");
    }
    if plain.split('/').any(|part| part == "..") {
        return Err("no pattern leads out of the folder of newsmark.toml, so `..` matches nothing");
    }
    if plain.contains('\\') && !plain.contains('/') {
        return Err("folders are separated by `/`, on Windows too");
    }
    Ok(plain)
}

/// The globs that a pattern stands for.
fn expanded(plain: &str, usage: Use) -> Vec<String> {
    let (folder, last) = match plain.rsplit_once('/') {
        Some((folder, last)) => (format!("{folder}/"), last),
        None => (String::new(), plain),
    };
    match usage {
        Use::Read(endings) => {
            let some = |stem: &str| format!("{stem}.{{{}}}", endings.join(","));
            match last {
                "**" => vec![some(&format!("{folder}**/*"))],
                "*" => vec![some(&format!("{folder}*"))],
                _ if is_wild(last) => vec![plain.to_owned()],
                // A name without wildcards: the file, or the folder of that name.
                _ => vec![plain.to_owned(), some(&format!("{plain}/**/*"))],
            }
        }
        Use::Any if last == "**" => vec![plain.to_owned()],
        Use::Any => vec![plain.to_owned(), format!("{plain}/**")],
    }
}

pub(super) fn is_wild(part: &str) -> bool {
    part.contains(['*', '?', '[', '{', '\\'])
}

/// The folders before the first part with a wildcard; all parts where there is none,
/// because the last may be a folder.
fn base(plain: &str) -> String {
    let parts: Vec<&str> = plain.split('/').take_while(|part| !is_wild(part)).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn globs(patterns: &[&str], usage: Use) -> Globs {
        let patterns =
            patterns.iter().map(|text| ((*text).to_owned(), Origin::File { line: 1 }, None)).collect();
        Globs::new(patterns, usage).expect("good patterns")
    }

    const MD: Use = Use::Read(&["md", "markdown"]);

    #[test]
    fn a_star_stays_within_a_folder() {
        let globs = globs(&["stories/*.md"], MD);
        assert!(globs.is_match("stories/a.md"));
        assert!(!globs.is_match("stories/2026/a.md"));
        assert!(!globs.is_match("a.md"));
    }

    #[test]
    fn a_folder_means_the_files_in_it_that_can_be_read() {
        for pattern in ["stories", "stories/", "./stories", "stories/**"] {
            let globs = globs(&[pattern], MD);
            assert!(globs.is_match("stories/a.md"), "{pattern}");
            assert!(globs.is_match("stories/2026/a.markdown"), "{pattern}");
            assert!(!globs.is_match("stories/a.jpg"), "{pattern}");
            assert!(!globs.is_match("other/stories/a.md"), "{pattern}");
        }
        let one_deep = globs(&["stories/*"], MD);
        assert!(one_deep.is_match("stories/a.md"));
        assert!(!one_deep.is_match("stories/2026/a.md"));
    }

    #[test]
    fn an_excluded_folder_takes_all_that_is_in_it() {
        let globs = globs(&["archive", "**/old"], Use::Any);
        assert!(globs.is_match("archive"));
        assert!(globs.is_match("archive/1999/a.jpg"));
        assert!(globs.is_match("stories/old/a.md"));
        assert!(!globs.is_match("archives/a.md"));
    }

    #[test]
    fn says_which_pattern_took_a_path() {
        let globs = globs(&["b/**", "**/*.md"], MD);
        assert_eq!(globs.matched("b/a.md").map(|p| p.text.as_str()), Some("b/**"));
        assert_eq!(globs.matched("c/a.md").map(|p| p.text.as_str()), Some("**/*.md"));
        assert_eq!(globs.matched("c/a.txt"), None);
    }

    #[test]
    fn patterns_that_match_nothing_are_refused() {
        for (pattern, why) in [
            ("", "empty"),
            ("./", "empty"),
            ("/home/desk", "without a `/`"),
            ("../x", "leads out"),
            ("a\\b", "separated by `/`"),
            ("a[", "character class"),
            ("{a", "alternate"),
        ] {
            let bad =
                Globs::new(vec![(pattern.to_owned(), Origin::Default, None)], MD).expect_err("a bad pattern");
            assert!(bad.why.contains(why), "{pattern}: {}", bad.why);
        }
    }

    #[test]
    fn knows_into_which_folders_a_pattern_may_reach() {
        let globs = globs(&["desk/confidential/*.yaml", "extra"], MD);
        for folder in ["desk", "desk/confidential", "desk/confidential/x", "extra"] {
            assert!(globs.configured_may_reach(folder), "{folder}");
        }
        for folder in ["target", "desk/conf", "desks"] {
            assert!(!globs.configured_may_reach(folder), "{folder}");
        }
        let everywhere =
            Globs::new(vec![("**/*.bib".into(), Origin::Default, None)], MD).expect("a good pattern");
        assert!(!everywhere.configured_may_reach("target"));
    }
}
