//! What rules say about a name that leads nowhere: what may have been meant, and the
//! edits that would say it. The one place that knows the wording.

use super::CorpusContext;
use crate::corpus::{Corpus, EntityFacts, EntityReference, EntityRole, FileFacts, Mentioned, Sharing};
use crate::diagnostic::{Edit, Finding};
use crate::registry::EntityType;
use crate::text::{fold, one_edit_away, suggest};

/// More articles of one slug than this are a list to read, not something to choose from.
pub(super) const MOST_ARTICLES: usize = 5;

/// Something that may have been meant.
pub(super) struct Near {
    /// As it is shown.
    shown: String,
    /// What would say it, where it can be said.
    edit: Option<Edit>,
}

impl Near {
    pub(super) fn new(shown: impl Into<String>, edit: impl Into<Option<Edit>>) -> Self {
        Near { shown: shown.into(), edit: edit.into() }
    }
}

/// The candidates that `wanted` may have been meant for, the likeliest first: where one is
/// the same but for case, or a single slip away, none that is further. Nothing in a file
/// in which this was asked too often.
pub(super) fn nearest<'n, I: IntoIterator<Item = &'n str>>(
    context: &CorpusContext<'_>,
    wanted: &str,
    candidates: impl FnOnce() -> I,
) -> Vec<&'n str> {
    if !context.may_guess() {
        return Vec::new();
    }
    let near = suggest(wanted, candidates().into_iter().map(|name| (name, ())));
    let mut near: Vec<&str> = near.into_iter().map(|(name, ())| name).collect();
    let wanted = fold(wanted);
    let slips = |name: &str| match fold(name) {
        name if name == wanted => 0,
        name if one_edit_away(&wanted, &name) => 1,
        _ => usize::MAX,
    };
    if let Some(fewest) = near.first().map(|first| slips(first)) {
        near.retain(|name| slips(name) <= fewest);
    }
    near
}

/// Adds a suggestion and a fix for each of `near`, the likeliest first; `otherwise` is
/// what to do where there is none.
///
/// One near name is a fix to take; several are for a person to choose from, and so is
/// whatever a rule offers where there is none.
pub(super) fn offer(mut finding: Finding, near: Vec<Near>, otherwise: &str) -> Finding {
    let shown: Vec<&str> = near.iter().map(|near| near.shown.as_str()).collect();
    finding.help = Some(match shown[..] {
        [] => otherwise.to_owned(),
        _ => format!("did you mean {}?", one_of(&shown)),
    });
    finding.choice = near.len() != 1;
    for edit in near.into_iter().filter_map(|near| near.edit) {
        finding = finding.fix(format!("Change to `{}`", edit.text), vec![edit]);
    }
    finding
}

/// That articles share a slug, and how many are not shown.
pub(super) fn share_slug(articles: &Sharing<&FileFacts>, slug: &str) -> String {
    let more = match articles.count.saturating_sub(MOST_ARTICLES) {
        0 => String::new(),
        more => format!(": {MOST_ARTICLES} are shown, there are {more} more"),
    };
    format!("{} articles share the slug `{slug}`{more}", articles.count)
}

/// "`a`, `b` or `c`".
pub(super) fn one_of(names: &[impl AsRef<str>]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    match &names[..] {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// Offers to add a source with nothing but its key to the first registry that takes one.
pub(super) fn offer_source_stub(finding: Finding, corpus: &Corpus, key: &str) -> Finding {
    let Some((registry, text)) = corpus.source_stub(key) else { return finding };
    let edit = Edit::new(&registry.path, registry.end, text);
    finding.fix(format!("Add `{key}` to {}", registry.path), vec![edit])
}

/// Offers to add an entity of that name to the first registry that takes one.
pub(super) fn offer_entity_stub(finding: Finding, corpus: &Corpus, reference: &EntityReference) -> Finding {
    let kind = match reference.role {
        EntityRole::Event => EntityType::Event,
        EntityRole::Place => EntityType::Place,
        EntityRole::By
        | EntityRole::Via
        | EntityRole::Against
        | EntityRole::Reply
        | EntityRole::Issuer
        | EntityRole::RoleOf => EntityType::Organisation,
        EntityRole::Mention | EntityRole::Settled | EntityRole::PartOf => EntityType::Thing,
    };
    let Some((registry, text)) = corpus.entity_stub(&reference.name, kind) else { return finding };
    let edit = Edit::new(&registry.path, registry.end, text);
    finding.fix(format!("Add `{}` to {}", reference.name, registry.path), vec![edit])
}

/// What makes a reference mean `entity` by its id and leaves what the reader sees as it
/// is; nothing where the file writes the name otherwise than it reads, or the id could
/// not stand there.
pub(super) fn by_id(
    context: &CorpusContext<'_>,
    reference: &EntityReference,
    entity: &EntityFacts,
) -> Option<Edit> {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
    let text = match mention(context, reference) {
        Some(mention) if !mention.shown => {
            let pipe = if mention.in_table { "\\|" } else { "|" };
            format!("{}{pipe}{}", entity.id, reference.name)
        }
        _ => entity.id.to_string(),
    };
    let plain = entity.id.chars().all(is_plain) && is_as_written(reference);
    plain.then(|| context.edit(reference.place, text))
}

/// What makes a reference mean what goes by `name`.
pub(super) fn by_name(context: &CorpusContext<'_>, reference: &EntityReference, name: &str) -> Option<Edit> {
    let plain = !name.contains(['[', ']', '|', '\n']) && is_as_written(reference);
    plain.then(|| context.edit(reference.place, name))
}

/// The wiki link that a reference is, if it is one.
pub(super) fn mention<'a>(context: &CorpusContext<'a>, reference: &EntityReference) -> Option<&'a Mentioned> {
    if reference.role != EntityRole::Mention {
        return None;
    }
    let mentions = &context.file.article.as_ref()?.mentions;
    let after = mentions.partition_point(|mention| mention.place.start <= reference.place.start);
    mentions.get(after.checked_sub(1)?)
}

/// Whether the file holds the name just as it reads: in some formats, and in values
/// with escapes, it does not.
fn is_as_written(reference: &EntityReference) -> bool {
    reference.place.span().len() == reference.name.len()
}
