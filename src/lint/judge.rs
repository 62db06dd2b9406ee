//! One file's diagnostics, as the corpus and the configuration have it.

use std::cell::Cell;
use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::config::FileSettings;
use crate::corpus::{ArticleFacts, Corpus, FileFacts, Patch};
use crate::diagnostic::{Diagnostic, Finding, Level, Location};
use crate::rules::{self, Check, CorpusContext, Levels, Options};
use crate::text::{Place, Span};

use super::guard;

/// The diagnostics of `file`, in order of their places.
#[must_use]
pub fn file(
    corpus: &Corpus,
    file: &FileFacts,
    settings: &FileSettings,
    options: &Options,
) -> Vec<Diagnostic> {
    finish(file, settings, InCorpus::find(corpus, file, settings, options).findings, true)
}

/// What was found in a file with the help of the others: kept, so that no more than some entries
/// of a registry have to be looked at again.
#[derive(Clone, Debug)]
pub struct InCorpus {
    findings: Vec<Finding>,
    /// For how many more names it may be worked out what was meant.
    guesses: u32,
}

impl InCorpus {
    /// All there is in `file`.
    #[must_use]
    pub fn find(corpus: &Corpus, file: &FileFacts, settings: &FileSettings, options: &Options) -> Self {
        Self::find_within(corpus, file, settings, options, CorpusContext::GUESSES)
    }

    fn find_within(
        corpus: &Corpus,
        file: &FileFacts,
        settings: &FileSettings,
        options: &Options,
        guesses: u32,
    ) -> Self {
        let is_on = |rule: &str| settings.level(rule).is_some();
        let context = CorpusContext {
            corpus,
            file,
            options,
            is_on: &is_on,
            profile: settings.profile.value,
            guesses: Cell::new(guesses),
        };
        let mut findings = Vec::new();
        for rule in rules::ALL.iter().filter(|rule| settings.level(rule.name).is_some()) {
            for check in rule.checks {
                if let Check::Corpus(check) = check {
                    findings.append(&mut guard::run(rule, |found| check(&context, found)));
                }
            }
        }
        InCorpus { findings, guesses: context.guesses.get() }
    }

    /// Moves what was found to where it stands once a patch is in the registry.
    pub fn carry(&mut self, patch: &Patch) {
        patch.carry(&mut self.findings);
    }

    /// Finds again what there is in some entries of a registry. After it, this is what
    /// [`InCorpus::find`] would find, if nothing else may have changed.
    pub fn find_again(
        &mut self,
        corpus: &Corpus,
        file: &FileFacts,
        entries: &BTreeSet<u32>,
        settings: &FileSettings,
        options: &Options,
    ) {
        let part = file.with_entries(entries);
        // What was guessed before in these entries is not given back: no more than that it is
        // sometimes counted anew.
        let again = Self::find_within(corpus, &part, settings, options, self.guesses);
        let is_failure = |finding: &Finding| finding.rule == guard::FAILURE;
        // Those that may guess are the first in the whole file.
        if again.guesses == 0 || self.findings.iter().chain(&again.findings).any(is_failure) {
            *self = Self::find(corpus, file, settings, options);
            return;
        }
        let stretches: Vec<Span> = entries.iter().map(|number| file.entry_stretch(*number)).collect();
        self.findings.retain(|finding| {
            let at = finding.place.span().start();
            let before = stretches.partition_point(|stretch| stretch.start() <= at);
            before.checked_sub(1).is_none_or(|last| at >= stretches[last].end())
        });
        self.findings.extend(again.findings);
        self.guesses = again.guesses;
    }

    /// The diagnostics of `file`, in which this was found, in order of their places.
    #[must_use]
    pub fn diagnostics(&self, file: &FileFacts, settings: &FileSettings) -> Vec<Diagnostic> {
        finish(file, settings, self.findings.clone(), true)
    }
}

/// What can be said of a file while the others are not known: what is wrong in itself.
#[must_use]
pub fn alone(file: &FileFacts, settings: &FileSettings) -> Vec<Diagnostic> {
    finish(file, settings, Vec::new(), false)
}

/// From what was found in the corpus, and in the file alone, to its diagnostics. Where not
/// all rules were asked, none of its suppressions is called unused.
fn finish(file: &FileFacts, settings: &FileSettings, more: Vec<Finding>, all: bool) -> Vec<Diagnostic> {
    let mut findings = file.findings.clone();
    findings.extend(more);
    if let Some(article) = &file.article {
        suppress(article, settings, all, &mut findings);
    }
    protect(file, &mut findings);
    let mut diagnostics: Vec<Diagnostic> =
        findings.into_iter().filter_map(|finding| level(file, settings, finding)).collect();
    diagnostics.sort_by(|a, b| {
        let key = |diagnostic: &Diagnostic| (diagnostic.location.place.start.offset, diagnostic.rule);
        key(a).cmp(&key(b)).then_with(|| a.cmp(b))
    });
    // What is inherited is looked at where it is used; it is wrong only once.
    diagnostics.dedup();
    diagnostics
}

/// Takes the words out of what is found in the entry of a source that is not on record:
/// whose name it is, or who knows it, is no output's business. Its key may be said.
fn protect(file: &FileFacts, findings: &mut [Finding]) {
    let entries: Vec<(Span, Span)> = file
        .sources
        .iter()
        .filter(|source| source.protected && !source.stale)
        .map(|source| (source.place.span(), source.key_place.span()))
        .collect();
    if entries.is_empty() && file.guarded.is_empty() {
        return;
    }
    for finding in findings {
        let span = finding.place.span();
        if file.guarded.iter().any(|stretch| stretch.span().contains(span)) {
            if quotes_words(&finding.message) {
                let summary =
                    rules::by_name(finding.rule).map_or("something is wrong here", |rule| rule.summary);
                finding.message = format!("{summary} (it may be that of a source that is not on record)");
            }
            finding.help = finding.help.take().filter(|help| !quotes_words(help));
            finding.related.clear();
            finding.fixes.clear();
            continue;
        }
        // This says which words there are, and none of those that were written.
        let is_harmless = finding.message.starts_with("`terms` is one of ");
        let inside =
            !is_harmless && entries.iter().any(|(entry, key)| entry.contains(span) && !key.contains(span));
        if inside {
            let summary = rules::by_name(finding.rule).map_or("something is wrong here", |rule| rule.summary);
            finding.message = format!("{summary} (in the entry of a source that is not on record)");
            finding.help = Some("the words are not repeated; look at the entry itself".to_owned());
            finding.related.clear();
            finding.fixes.clear();
        }
    }
}

/// Whether a message quotes more than marks: what is wrong with the markup of an entry can be
/// said without its words.
fn quotes_words(message: &str) -> bool {
    let quoted = message.split('`').skip(1).step_by(2);
    quoted
        .filter(|quoted| *quoted != "key: value")
        .any(|quoted| quoted.chars().filter(|c| c.is_alphanumeric()).nth(1).is_some())
}

/// Gives a finding its level; drops it where its rule is off.
fn level(file: &FileFacts, settings: &FileSettings, finding: Finding) -> Option<Diagnostic> {
    // That a file was not checked cannot be switched off.
    let level = match settings.level(finding.rule) {
        None if finding.rule == guard::FAILURE => Level::Error,
        level => level?,
    };
    // Where such a rule is off and was switched on by name, it is as bad as ever.
    let at_most = finding
        .at_most
        .map(|standard| Levels::sourcing(standard).at(settings.profile.value).unwrap_or(standard));
    Some(Diagnostic {
        location: Location { path: file.path.clone(), place: finding.place },
        rule: finding.rule,
        level: at_most.map_or(level, |most| level.min(most)),
        message: finding.message,
        help: finding.help,
        related: finding.related,
        fixes: finding.fixes,
        choice: finding.choice,
    })
}

/// Takes away what is suppressed, and adds what is wrong with the suppressions.
fn suppress(article: &ArticleFacts, settings: &FileSettings, all: bool, findings: &mut Vec<Finding>) {
    if article.suppressions.is_empty() {
        return;
    }
    // By rule, so that a file with thousands of both stays cheap.
    let mut by_rule: FxHashMap<&str, OfRule> = FxHashMap::default();
    for suppression in &article.suppressions {
        for (rule, place) in &suppression.rules {
            let own = by_rule.entry(rule).or_default();
            let covers = suppression.covers.unwrap_or((0, u32::MAX));
            let list = if suppression.covers.is_none() { &mut own.whole } else { &mut own.parts };
            list.push(Suppressed { covers, reach: 0, place: *place, used: false });
        }
    }
    by_rule.values_mut().for_each(OfRule::sort);
    findings.retain(|finding| {
        let own = by_rule.get_mut(finding.rule).filter(|_| may_be_suppressed(finding.rule));
        own.is_none_or(|own| !own.cover(finding.place.start.offset))
    });
    if !all {
        return;
    }
    let mut unused: Vec<(Place, &str)> = by_rule
        .iter()
        .flat_map(|(rule, own)| own.whole.iter().chain(&own.parts).map(move |suppressed| (rule, suppressed)))
        // A rule that is off here might find something elsewhere or tomorrow.
        .filter(|(rule, suppressed)| !suppressed.used && settings.level(rule).is_some())
        .map(|(rule, suppressed)| (suppressed.place, *rule))
        .collect();
    unused.sort_unstable();
    findings.extend(unused.into_iter().map(|(place, rule)| {
        let mut finding = Finding::new(place, format!("nothing here is `{rule}`: this suppresses nothing"))
            .help("take the rule out of the comment");
        finding.rule = "unused-suppression";
        finding
    }));
}

/// The suppressions of one rule.
#[derive(Default)]
struct OfRule {
    /// Those of the whole file.
    whole: Vec<Suppressed>,
    /// Those of blocks and lines, by where these begin.
    parts: Vec<Suppressed>,
}

/// One rule of one suppression.
struct Suppressed {
    /// From which byte to which.
    covers: (u32, u32),
    /// How far this one or any before it reaches.
    reach: u32,
    place: Place,
    used: bool,
}

impl OfRule {
    fn sort(&mut self) {
        self.parts.sort_by_key(|suppressed| suppressed.covers);
        let mut reach = 0;
        for suppressed in &mut self.parts {
            reach = reach.max(suppressed.covers.1);
            suppressed.reach = reach;
        }
    }

    /// Whether any of them covers the byte; marks all that do as used.
    fn cover(&mut self, at: u32) -> bool {
        self.whole.iter_mut().for_each(|suppressed| suppressed.used = true);
        let mut covered = !self.whole.is_empty();
        let before = self.parts.partition_point(|suppressed| suppressed.covers.0 <= at);
        for suppressed in self.parts[..before].iter_mut().rev().take_while(|suppressed| at < suppressed.reach)
        {
            if at < suppressed.covers.1 {
                suppressed.used = true;
                covered = true;
            }
        }
        covered
    }
}

/// One on a suppression itself would hide what it is about, and one on a failure of
/// newsmark's own that the file was not checked.
fn may_be_suppressed(rule: &str) -> bool {
    !matches!(rule, "unused-suppression" | "unknown-suppression" | "internal-error")
}
