//! `undefined-entity`

use super::did_you_mean::{Near, by_id, by_name, mention, nearest, offer, offer_entity_stub};
use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::{EntityFacts, EntityReference, EntityRole, EntityTarget};
use crate::diagnostic::{Edit, Finding, Level};
use crate::text::fold;

pub(super) static RULE: Rule = Rule {
    name: "undefined-entity",
    summary: "a name that no entity goes by",
    explanation: "\
Whoever is named in `[[…]]`, in `by=`, `via=`, `against=`, `event=` and `place=`, under `entities:`
in the front matter, and in the fields `part-of`, `of`, `place` and `issuer` of a registry has to be
an entity: by its id, its name or an alias. A name that leads nowhere keeps the claim off the page of
whoever made it, and no rule can see whether the accused have answered. The accuracy sections of the
Reuters and AP handbooks begin with names: check the spelling of each.

    Bad:   [The pier was closed]{.claim by=harbor-monitor}   (the registry has harbour-monitor)
    Good:  [The pier was closed]{.claim by=harbour-monitor}

Correct the name, add it to the entity as an alias, or add the entity to a registry. A `via=` may
name a source instead, and a wiki link an article; one with a `#` that leads to no claim is
`broken-link`. Under `entities:` an entity stands by its id.",
    tier: Tier::A,
    levels: Levels {
        draft: Some(Level::Warning),
        standard: Some(Level::Warning),
        publish: Some(Level::Error),
    },
    checks: &[Check::Corpus(check)],
};

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    for reference in context.entity_references() {
        // A wiki link with a `#` means an article and nothing else.
        let is_link = reference.role == EntityRole::Mention && reference.name.contains('#');
        if !reference.confusing && !is_link && !context.corpus.is_defined(context.file, reference) {
            findings.push(finding(context, reference));
        }
    }
}

fn finding(context: &CorpusContext<'_>, reference: &EntityReference) -> Finding {
    let name = &reference.name;
    let message = match reference.role {
        EntityRole::Settled => format!("no entity has the id `{name}`"),
        _ => format!("no entity goes by the name `{name}`"),
    };
    let finding = Finding::new(reference.place, message);
    let finding =
        offer(finding, near(context, reference), "add it to a registry of entities, or correct the name");
    offer_entity_stub(finding, context.corpus, reference)
}

/// The entities that may have been meant, each once, and articles where a wiki link
/// could mean one.
fn near(context: &CorpusContext<'_>, reference: &EntityReference) -> Vec<Near> {
    let (corpus, file) = (context.corpus, context.file);
    let link = mention(context, reference);
    let wanted = &*reference.name;
    let is_via = reference.role == EntityRole::Via;
    let candidates = || {
        let articles = link.into_iter().flat_map(|_| corpus.article_names_near(wanted));
        let sources = is_via.then(|| corpus.source_keys_near(file, wanted.trim_start_matches('@')));
        corpus.entity_names_near(wanted).chain(articles).chain(sources.into_iter().flatten())
    };
    if let Some(meant) = in_attribute_style(context, reference) {
        let edit = by_name(context, reference, &meant);
        return vec![Near::new(meant, edit)];
    }
    let mut ids: Vec<&str> = Vec::new();
    let mut near = Vec::new();
    let mut add =
        |name: &str, edit: &dyn Fn(&EntityFacts) -> Option<Edit>| match corpus.entity(file, &fold(name)) {
            EntityTarget::One(entity) => {
                if !ids.contains(&&*entity.what.id) {
                    ids.push(&entity.what.id);
                    near.push(Near::new(name, edit(entity.what)));
                }
            }
            EntityTarget::Several | EntityTarget::Nothing => {
                let edit = (link.is_some() || is_via).then(|| by_name(context, reference, name));
                near.push(Near::new(name, edit.flatten()));
            }
        };
    if reference.role == EntityRole::Settled
        && let EntityTarget::One(entity) = corpus.entity(file, &reference.folded)
    {
        add(&entity.what.id, &|entity| by_id(context, reference, entity));
        return near;
    }
    let mut names = nearest(context, wanted, candidates);
    if !names.is_empty() {
        // Nobody is helped to write the name of a source that must not be named.
        let shielded = corpus.shielded_in(file);
        let is_shielded = |name: &str| {
            let folded = fold(name);
            shielded.iter().any(|one| one.written.iter().any(|written| fold(written) == folded))
        };
        names.retain(|name| !is_shielded(name));
    }
    for name in names {
        add(name, &|entity| {
            let keeps_sense =
                link.is_some_and(|link| link.shown || reads_as(&reference.name, name, &entity.id));
            match keeps_sense {
                true => by_name(context, reference, name),
                false => by_id(context, reference, entity),
            }
        });
    }
    near
}

/// The name or names that were meant where one stands as it would in running text, in the
/// brackets of a wiki link, or several stand as in a citation, with semicolons.
fn in_attribute_style(context: &CorpusContext<'_>, reference: &EntityReference) -> Option<String> {
    let is_known =
        |name: &&str| matches!(context.corpus.entity(context.file, &fold(name)), EntityTarget::One(_));
    let name = &*reference.name;
    if let Some(inner) = name.strip_prefix("[[").and_then(|name| name.strip_suffix("]]")) {
        return Some(inner).filter(is_known).map(str::to_owned);
    }
    let names: Vec<&str> = name.split(';').map(str::trim).filter(|name| !name.is_empty()).collect();
    (name.contains(';') && names.iter().all(is_known)).then(|| names.join(", "))
}

/// Whether a reader can be shown `name` where `written` stands: it is the same name
/// spelt otherwise, and an id only where an id stood.
fn reads_as(written: &str, name: &str, id: &str) -> bool {
    /// More is another name.
    const SLIPS: usize = 3;
    let is_prose = |name: &str| name.contains(char::is_whitespace) || name.contains(char::is_uppercase);
    let is_slip = name.len() <= 128 && strsim::osa_distance(&fold(written), &fold(name)) <= SLIPS;
    is_slip && (name != id || !is_prose(written) || is_prose(name))
}
