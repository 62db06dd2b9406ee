//! Ids and keys that are changed in all places of their article at once, as they are typed.

use crate::corpus::{Corpus, FileFacts};
use crate::text::Place;

use super::references::{Role, occurrences};
use super::subject::{Subject, subject};

/// Where in `file`, which holds `text`, what stands at `offset` is written: the id of a claim
/// or heading, the key of one of the article's own sources, and where they are used. By start;
/// nothing where the cursor is on none, where it is defined twice or elsewhere, or nobody wrote
/// it, as of a heading's automatic id.
#[must_use]
pub fn linked(corpus: &Corpus, file: &FileFacts, text: &str, offset: usize) -> Option<Vec<Place>> {
    file.article.as_ref()?;
    let (_, subject) = subject(corpus, file, offset)?;
    let written: &str = match &subject {
        Subject::Part { file: path, id } if *path == file.path => id,
        Subject::Source { file: path, key } if *path == file.path => key,
        _ => return None,
    };
    let found: Vec<_> = occurrences(corpus, file, &subject)
        .into_iter()
        .filter(|one| text.get(one.place.span().range()) == Some(written))
        .collect();
    let definitions = found.iter().filter(|one| one.role == Role::Definition).count();
    let is_on_one = found.iter().any(|one| {
        let span = one.place.span();
        (span.start()..=span.end()).contains(&offset)
    });
    (definitions == 1 && is_on_one).then(|| found.into_iter().map(|one| one.place).collect())
}
