//! `anachronistic-role`

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::{ArticleFacts, EntityFacts, EntityRole, Known, RoleFacts, TitleFacts};
use crate::data::date::Date;
use crate::diagnostic::{Finding, Level};
use crate::registry::EntityType;
use crate::syntax::titles::folded_words;

pub(super) static RULE: Rule = Rule {
    name: "anachronistic-role",
    summary: "a person is named with an office that they did not hold on the article's date",
    explanation: "\
Offices change hands, and stories go on calling people what they were. The registry says from when
to when a person holds one (`roles`); this compares it with the title right before a mention
(\"spokesperson [[example-m]]\"), in it (`[[example-m|Minister Example]]`) or behind it
(\"[[example-m]], the foreign minister,\"). AP and the Reuters Handbook want titles as they are on
the day, with \"former\" where they are no more: who speaks for whom rests on it.

    Bad:   date: 2026-03-11 …  said spokesperson [[example-m]].        (roles: … to: 2025-12)
    Good:  date: 2026-03-11 …  said former spokesperson [[example-m]].

Write \"former\", name the office that they hold now, or correct the registry. Only what is certain is
reported: the title is one of the person's in the registry and no other that ends like it, and none
of the person's offices of that title may have been held on the article's dates (or those of the
live page's entry). Words like \"then\", \"acting\" or \"ago\", a year in the sentence, an event, a
source or `on=` of that time in it, and the words of a quotation leave it alone. English and German
articles are read.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Warning),
    checks: &[Check::Corpus(check)],
};

/// How many other places a finding points to: more than anybody goes through.
const MOST_RELATED: usize = 16;
/// How deep claims around a sentence are looked at.
const MOST_NESTED: usize = 16;
/// How many bytes behind a sentence its citation may begin.
const CITED_BEHIND: u32 = 64;

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let Some(article) = context.article() else { return };
    let mut numbers: FxHashMap<(&str, &str), usize> = FxHashMap::default();
    let mut people: FxHashMap<&str, Option<Person<'_>>> = FxHashMap::default();
    for title in &article.titles {
        let Some(mention) = article.mentions.get(title.mention as usize) else { continue };
        let reference = &context.file.entity_references[mention.reference as usize];
        let person =
            people.entry(&reference.folded).or_insert_with(|| Person::new(context, &reference.folded));
        let Some(person) = person else { continue };
        let Some(role) = person.role_not_held(context, article, title) else { continue };
        let what = person.known.what;
        let key = (&*what.id, &*role.title);
        if let Some(&number) = numbers.get(&key) {
            if findings[number].related.len() <= MOST_RELATED {
                findings[number].add_related(context.path(), mention.place, "and here");
            }
            continue;
        }
        numbers.insert(key, findings.len());
        findings.push(finding(person, role, mention.place));
    }
}

fn finding(person: &Person<'_>, role: &RoleFacts, place: crate::text::Place) -> Finding {
    let Known { file, what } = person.known;
    let title = &role.title;
    let (since, help) = match (&role.to, &role.from) {
        (Some(to), _) if person.is_past => (
            format!("held until {to}"),
            format!("write `former {title}`, name the office that they hold now, or correct the registry"),
        ),
        (_, Some(from)) => (
            format!("hold from {from} on"),
            "name the office that they held then, or correct the registry".to_owned(),
        ),
        _ => ("did not hold then".to_owned(), "correct the title or the registry".to_owned()),
    };
    let message = format!("{} is named as {title} here, an office that they {since}", what.name);
    Finding::new(place, message).help(help).related(&file.path, what.id_place, "their offices")
}

/// Somebody who holds or held offices.
struct Person<'c> {
    known: Known<'c, EntityFacts>,
    /// The words of their names, as compared.
    names: FxHashSet<String>,
    /// For each role, the words of its title, and those of the names of the body and all
    /// above it, which are looked up when they are first needed.
    titles: Vec<Vec<String>>,
    owners: Vec<Option<FxHashSet<String>>>,
    /// Whether the office reported last is one of the past.
    is_past: bool,
}

impl<'c> Person<'c> {
    fn new(context: &CorpusContext<'c>, folded: &str) -> Option<Self> {
        let known = context.corpus.entity(context.file, folded).one()?;
        let roles = &known.what.roles;
        if roles.is_empty() || known.what.kind.is_some_and(|kind| kind != EntityType::Person) {
            return None;
        }
        Some(Person {
            known,
            names: known.what.names.iter().flat_map(|(_, name)| folded_words(name)).collect(),
            titles: roles.iter().map(|role| folded_words(&role.title)).collect(),
            owners: vec![None; roles.len()],
            is_past: false,
        })
    }

    /// The office that the words beside a mention name, where it was certainly not held.
    fn role_not_held(
        &mut self,
        context: &CorpusContext<'c>,
        article: &ArticleFacts,
        title: &TitleFacts,
    ) -> Option<&'c RoleFacts> {
        let dates = article.dates_in(title.entry.as_ref());
        if dates.is_empty() {
            return None;
        }
        let roles = &self.known.what.roles;
        let said = (0..roles.len()).filter(|&at| self.is_said(context, article, title, at));
        // The longest is the one that is meant.
        let said: Vec<usize> = said.collect();
        let longest = *said.iter().max_by_key(|&&at| self.titles[at].len())?;
        // A chief spokesperson is a spokesperson.
        let same = || {
            (0..roles.len())
                .filter(|&at| self.titles[at].ends_with(&self.titles[longest]))
                .map(|at| &roles[at])
        };
        let may_be_held = |date: &Date| same().any(|role| role.may_be_held_on(date));
        if dates.iter().any(may_be_held) || other_times(context, article, title).iter().any(may_be_held) {
            return None;
        }
        let is_past = |role: &&RoleFacts| {
            role.to.as_ref().is_some_and(|to| dates.iter().all(|date| date.is_after(to).is_yes()))
        };
        let role = same().rfind(is_past);
        self.is_past = role.is_some();
        role.or_else(|| same().next())
    }

    fn is_said(
        &mut self,
        context: &CorpusContext<'c>,
        article: &ArticleFacts,
        title: &TitleFacts,
        at: usize,
    ) -> bool {
        let role = &self.known.what.roles[at];
        let (corpus, file) = (context.corpus, self.known.file);
        let owners = self.owners[at].get_or_insert_with(|| {
            let body = role.of.as_ref().and_then(|of| corpus.entity(file, of).one());
            let bodies = corpus.all_above(body.into_iter());
            let names = bodies.into_iter().flat_map(|body| &body.what.names);
            names.flat_map(|(_, name)| folded_words(name)).collect()
        });
        let names = &self.names;
        title.words.say(&role.title, &article.lang, |word| owners.contains(word), |word| names.contains(word))
    }
}

/// Other times of which the sentence may speak: when it was said, when the events in it took
/// place, when what it cites was issued.
fn other_times(context: &CorpusContext<'_>, article: &ArticleFacts, title: &TitleFacts) -> Vec<Date> {
    let (corpus, file) = (context.corpus, context.file);
    let (from, to) = title.sentence;
    let mut dates: Vec<Date> = title.on.iter().cloned().collect();
    // The claims that begin in the sentence, and those around it.
    let first = article.claims.partition_point(|claim| claim.place.start.offset < from);
    let inside = article.claims[first..].iter().take_while(|claim| claim.place.start.offset < to);
    let around = std::iter::successors(first.checked_sub(1), |&at| {
        article.claims[at].parent.map(|parent| parent as usize)
    });
    let around = around.take(MOST_NESTED).map(|at| &article.claims[at]);
    let claims = inside.chain(around.filter(|claim| claim.place.end.offset > from));
    let mut events: Vec<&str> = Vec::new();
    for notes in claims.filter_map(|claim| claim.notes.as_ref()) {
        dates.extend(notes.on.as_ref().and_then(|on| Date::parse(on).ok()));
        let event = notes.event.and_then(|event| file.entity_references.get(event as usize));
        events.extend(event.map(|event| &*event.folded));
    }
    let mentions = article
        .mentions
        .iter()
        .skip(article.mentions.partition_point(|mention| mention.place.start.offset < from));
    for mention in mentions.take_while(|mention| mention.place.start.offset < to) {
        let reference = &file.entity_references[mention.reference as usize];
        debug_assert_eq!(reference.role, EntityRole::Mention, "mentions are wiki links");
        events.push(&reference.folded);
    }
    dates.extend(events.iter().filter_map(|event| corpus.entity(file, event).one()?.what.date.clone()));
    let cited = article.cited.partition_point(|cited| cited.place.start.offset < from);
    let cited = article.cited[cited..].iter();
    for cited in cited.take_while(|cited| cited.place.start.offset < to.saturating_add(CITED_BEHIND)) {
        dates.extend(corpus.source(file, &cited.key).and_then(|source| source.what.issued.clone()));
    }
    dates
}
