//! `confusable-text`

use rustc_hash::FxHashSet;

use super::{Check, Findings, Levels, Rule, TextContext, Tier};
use crate::corpus::EntityFacts;
use crate::diagnostic::{Edit, Finding, Level};
use crate::syntax::{self, ProblemKind};
use crate::text::{Place, Span};

pub(super) static RULE: Rule = Rule {
    name: "confusable-text",
    summary: "an id, key or name with invisible characters or letters that look like others",
    explanation: "\
Ids, keys and names are compared letter by letter. A zero-width space that came along from a web
page, a mark that turns the direction of writing, a Cyrillic `о` in a Latin word: nobody sees them,
and yet the name is another one. The claim answers nothing, the source is not found, the figure
never meets the figure that it should be compared with. Such names are also a way to slip an
altered one past an editor, for which reason Unicode's report on security (UTS #39) asks programs
to point them out. Prose is not looked at, and neither are names that are all in one script;
in registries, joiners that Persian or Hindi spelling asks for are part of the name.

    Bad:   {.claim #zоne-ends}      (the second letter is Cyrillic, U+043E)
    Good:  {.claim #zone-ends}

Type the name anew. The fix takes invisible characters away; a letter of another script has to be
replaced by hand, since only you know which of the two was meant.",
    tier: Tier::A,
    levels: Levels::markup(Level::Warning),
    checks: &[Check::Syntax(ProblemKind::ConfusableText), Check::Text(check)],
};

/// What stands outside the markup: registries, and the front matter of articles.
fn check(context: &TextContext<'_>, findings: &mut Findings) {
    let facts = context.facts;
    // The parser has looked at the text below the front matter.
    let front = context.article.map(|(_, front)| front);
    let is_data = |place: Place| front.is_none_or(|front| front.span.contains(place.span()));
    let mut found = Found { context, findings, seen: FxHashSet::default() };
    for entity in &facts.entities {
        found.look(&entity.id, entity.id_place);
        found.look_at_names(entity);
    }
    for source in &facts.sources {
        found.look(&source.key, source.key_place);
    }
    for reference in facts.source_references.iter().filter(|reference| is_data(reference.place)) {
        found.look(&reference.key, reference.place);
    }
    for reference in facts.entity_references.iter().filter(|reference| is_data(reference.place)) {
        found.look(&reference.name, reference.place);
    }
    if let Some(article) = &facts.article {
        for reference in article.claim_references.iter().filter(|reference| is_data(reference.place)) {
            found.look(&reference.id, reference.place);
        }
    }
    if let Some(front) = front {
        let corrected = front.corrections.iter().flat_map(|correction| &correction.claims);
        for text in front.slug.iter().chain(front.entities.iter().map(|(name, _)| name)).chain(corrected) {
            found.look(text.as_str(), context.place(text.span));
        }
    }
}

struct Found<'a, 'f> {
    context: &'a TextContext<'a>,
    findings: &'f mut Findings,
    /// What was reported: an id may stand for the name, too.
    seen: FxHashSet<Place>,
}

impl Found<'_, '_> {
    fn look(&mut self, name: &str, place: Place) {
        self.look_at(name, place, ["this", "this word"]);
    }

    /// Looks at a name; `what` and `word` are what the messages call it.
    fn look_at(&mut self, name: &str, place: Place, [what, word]: [&str; 2]) {
        let Some(c) = confusing(name) else { return };
        if !self.seen.insert(place) {
            return;
        }
        let number = c as u32;
        // Of what looks like a Latin letter, all are letters; of what is not seen, none.
        let finding = if c.is_alphabetic() {
            let message = format!(
                "the `{c}` in {word} is not a Latin letter (U+{number:04X}): it is not the name that it looks like"
            );
            Finding::new(place, message).help("type the name anew")
        } else {
            let message = format!(
                "{what} holds an invisible character (U+{number:04X}): it is not the name that it looks like"
            );
            let finding = Finding::new(place, message).help("type the name anew");
            match self.without_invisible(place) {
                Some(clean) => finding.fix(
                    "Take the invisible characters away",
                    vec![Edit::new(self.context.source.path, place, clean)],
                ),
                None => finding,
            }
        };
        self.findings.push(finding);
    }

    /// Looks at names of which only the entry is known that they stand in.
    fn look_at_names(&mut self, entity: &EntityFacts) {
        if *entity.name != *entity.id {
            self.look_for(&entity.name, entity, 0);
        }
        // Aliases are found in their order, so that the entry is gone through once.
        let mut from = Some(0);
        for alias in &entity.aliases {
            if confusing(alias).is_some() {
                from = from.and_then(|from| self.look_for(alias, entity, from));
            }
        }
    }

    /// Looks at a name that stands in the entry somewhere after `from`; returns its end.
    fn look_for(&mut self, name: &str, entity: &EntityFacts, from: usize) -> Option<usize> {
        confusing(name)?;
        let entry = entity.place.span();
        let Some(at) = entry.of(self.context.source.text)[from..].find(name) else {
            // What is written with escapes is not found as it is read.
            self.look_at(name, entity.id_place, ["a name of this entry"; 2]);
            return None;
        };
        let start = entry.start() + from + at;
        self.look(name, self.context.place(Span::new(start, start + name.len())));
        Some(from + at + name.len())
    }

    /// What stands at `place` without its invisible characters; none where there are
    /// none in the text itself.
    fn without_invisible(&self, place: Place) -> Option<String> {
        let written = place.span().of(self.context.source.text);
        let mut clean = written.to_owned();
        while let Some(c) = syntax::confusing(&clean).filter(|c| !c.is_alphabetic()) {
            clean = clean.replace(c, "");
        }
        (clean != written).then_some(clean)
    }
}

/// The character that makes `name` another than it looks like.
fn confusing(name: &str) -> Option<char> {
    let c = syntax::confusing(name)?;
    if !is_joiner(c) {
        return Some(c);
    }
    // Persian and the scripts of India are not spelt right without joiners.
    let mut before = ' ';
    let rest: String = name
        .chars()
        .filter(|&c| {
            let is_spelling =
                is_joiner(c) && (before.is_alphabetic() || is_mark(before)) && !is_european(before);
            before = c;
            !is_spelling
        })
        .collect();
    syntax::confusing(&rest)
}

/// The zero-width non-joiner and joiner.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Vowel signs and viramas, after which joiners stand in the scripts of India.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{900}'..='\u{dff}')
}

/// Latin, Greek and Cyrillic: nothing in them is spelt with a joiner.
fn is_european(c: char) -> bool {
    c < '\u{530}' || matches!(c, '\u{1e00}'..='\u{1fff}')
}
