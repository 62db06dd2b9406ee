//! Making an entity of the words that are selected.

use crate::diagnostic::Edit;
use crate::registry::EntityType;
use crate::syntax::BlockKind;
use crate::text::{Span, fold};

use super::page::{Growth, Page, shortened, trimmed};
use super::{Refactoring, RefactoringKind, Work};

/// More words than a name has.
const MOST_WORDS: usize = 8;

pub(super) fn offer<'a>(page: &Page<'a>, found: &mut Vec<Refactoring<'a>>) {
    let (text, asked) = (page.text(), &page.asked);
    if page.facts().is_none() || asked.range.is_empty() {
        return;
    }
    let span = trimmed(text, asked.range);
    let name = span.of(text);
    let is_name = name.contains(char::is_alphanumeric)
        && !name.contains([
            '\n', '\r', '[', ']', '{', '}', '<', '>', '|', '\\', '`', '@', '*', '_', '"', '“', '”',
        ])
        && name.split_whitespace().count() <= MOST_WORDS;
    let Some(block) = page.article().blocks.iter().find(|block| block.span.contains(span)) else { return };
    if !is_name || page.article().is_verbatim(span.start()) {
        return;
    }
    let in_table = matches!(block.kind, BlockKind::Cell(_));
    for kind in [EntityType::Person, EntityType::Organisation, EntityType::Place, EntityType::Event] {
        let article = if matches!(kind, EntityType::Organisation | EntityType::Event) { "an" } else { "a" };
        let title = format!("Make “{}” {article} {kind}, and link it", shortened(name));
        let work: Work = edits(page, span, name, kind, in_table).into();
        let is_refused = matches!(work, Work::Refused(_));
        let title =
            if is_refused { format!("Make “{}” an entity, and link it", shortened(name)) } else { title };
        found.push(Refactoring::new(RefactoringKind::NewEntity, title, work));
        // One reason is enough.
        if is_refused {
            return;
        }
    }
}

fn edits(
    page: &Page<'_>,
    span: Span,
    name: &str,
    kind: EntityType,
    in_table: bool,
) -> Result<Vec<Edit>, String> {
    let asked = &page.asked;
    if asked.corpus.entities_named(&fold(name)).count > 0 {
        return Err(format!("“{}” is known already: link it", shortened(name)));
    }
    let Some((file, id, entry)) = asked.corpus.new_entity(name, kind) else {
        return Err("there is no registry that an entity can be added to".to_owned());
    };
    let pipe = if in_table { "\\|" } else { "|" };
    let link = if id == name { format!("[[{id}]]") } else { format!("[[{id}{pipe}{name}]]") };
    let changes = vec![(span, link)];
    let growth = Growth { mentions: 1, ..Growth::default() };
    if page.draft(&changes, growth).is_none() {
        return Err("a wiki link here would be read as something else".to_owned());
    }
    let mut edits = page.edits(changes);
    edits.push(Edit::new(&file.path, file.end, entry));
    Ok(edits)
}
