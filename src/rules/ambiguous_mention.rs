//! `ambiguous-mention`

use rustc_hash::FxHashMap;

use super::did_you_mean::{by_id, one_of};
use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::{EntityFacts, EntityReference, EntityRole, EntityTarget, Known, Sharing};
use crate::data::yaml;
use crate::diagnostic::{Edit, Finding, Level};

/// More entities of one name than this are a list to read, not something to choose from.
const MOST: usize = 6;

pub(super) static RULE: Rule = Rule {
    name: "ambiguous-mention",
    summary: "a name that several entities go by",
    explanation: "\
A name or alias of several entities says not which is meant, in a wiki link as little as in `by=` or
in a registry's fields; an id is always clear, and a name wins over an alias. Until it is settled
the name stands for none of them: what a ministry said is not on its page, and a camp's story is not
found under the camp. Handbooks ask for the same in print: say which of two is meant when
readers could take one for the other.

    Bad:   From the road [[Kasra]] has no squares.   (a camp, a valley and a garrison)
    Good:  From the road [[kasra-camp|Kasra]] has no squares.

Write the id; or settle the name for the article in its front matter, `entities: {Kasra: kasra-camp}`,
or for the corpus under `[names]` in newsmark.toml. Each name is reported once in an article.",
    tier: Tier::A,
    levels: Levels::markup(Level::Warning),
    checks: &[Check::Corpus(check)],
};

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let mut by_name: FxHashMap<&str, usize> = FxHashMap::default();
    let mut groups: Vec<Vec<&EntityReference>> = Vec::new();
    for reference in context.entity_references() {
        // The front matter settles names by ids alone.
        if reference.confusing || reference.role == EntityRole::Settled {
            continue;
        }
        if let Some(&group) = by_name.get(&*reference.folded) {
            groups[group].push(reference);
        } else if matches!(context.corpus.entity(context.file, &reference.folded), EntityTarget::Several) {
            by_name.insert(&reference.folded, groups.len());
            groups.push(vec![reference]);
        }
    }
    for mut references in groups {
        references.sort_by_key(|reference| reference.place.start);
        let entities = context.corpus.entities_named(&references[0].folded);
        findings.extend(finding(context, &references, &entities));
    }
}

fn finding(
    context: &CorpusContext<'_>,
    references: &[&EntityReference],
    entities: &Sharing<Known<'_, EntityFacts>>,
) -> Option<Finding> {
    let first = references.first()?;
    let name = &first.name;
    let shown = &entities.first[..entities.first.len().min(MOST)];
    let ids: Vec<&str> = shown.iter().map(|entity| &*entity.what.id).collect();
    let mut finding = Finding::new(first.place, format!("`{name}` is a name of {} entities", entities.count))
        .help(match entities.count > shown.len() {
            true => "say which is meant by its id".to_owned(),
            false => format!("say which is meant: {}", one_of(&ids)),
        });
    finding.choice = true;
    for Known { file, what } in shown {
        let kind =
            what.kind.map(|kind| format!(", {} {kind}", article_of(kind.as_str()))).unwrap_or_default();
        let message = format!("`{}`{kind}, goes by this name", what.id);
        finding = finding.related(&file.path, what.id_place, message);
    }
    for entity in shown {
        let edits: Vec<Edit> =
            references.iter().filter_map(|reference| by_id(context, reference, entity.what)).collect();
        if !edits.is_empty() {
            finding = finding.fix(format!("Change to `{}`", entity.what.id), edits);
        }
    }
    for entity in shown {
        if let Some(edit) = settle(context, name, entity.what) {
            let title = format!("Settle in the front matter that `{name}` is `{}`", entity.what.id);
            finding = finding.fix(title, vec![edit]);
        }
    }
    Some(finding)
}

fn settle(context: &CorpusContext<'_>, name: &str, entity: &EntityFacts) -> Option<Edit> {
    let (place, before, after) = context.file.article.as_ref()?.settle_at.as_ref()?;
    let (name, id) = (yaml::scalar(name), yaml::scalar(&entity.id));
    Some(context.edit(*place, format!("{before}{name}: {id}{after}")))
}

fn article_of(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}
