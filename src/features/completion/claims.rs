//! References to claims: `#id`, `slug#id`; and ids for new ones.

use crate::corpus::{Anchor, ClaimFacts, FileFacts};

use super::desk::{Desk, Offer, Text, one_line};
use super::{CompletionKind, Described};

impl Desk<'_> {
    /// References to claims, as keys of claims have them: those of this article, those of
    /// another after its name, and the names of others. `suits` says which are meant most
    /// likely.
    pub(super) fn claim_references(
        &mut self,
        suits: impl Fn(&ClaimFacts) -> bool,
        sign: &'static str,
        group: u8,
    ) {
        let (corpus, file) = (self.corpus, self.file);
        match self.so_far().split_once('#') {
            Some((article, _)) if !article.is_empty() => {
                // Of a slug that several share the path is to be written.
                if let [one] = corpus.articles(article).first[..] {
                    self.claims_of(one, &suits, &format!("{article}#"), group);
                }
            }
            // The sign is a part of it from here on.
            Some(_) => self.claims_of(file, &suits, "#", group),
            None => {
                self.claims_of(file, &suits, sign, group);
                // The names of articles end in the sign: which claim, is typed after it.
                self.articles(group + 2, |name| Text::Value(format!("{name}#")));
            }
        }
    }

    /// The claims of one article, each with that before its id.
    pub(super) fn claims_of(
        &mut self,
        article: &FileFacts,
        suits: impl Fn(&ClaimFacts) -> bool,
        before: &str,
        group: u8,
    ) {
        let anchors =
            article.article.iter().flat_map(|facts| &facts.anchors).filter(|anchor| anchor.is_claim);
        let order = anchors.clone().count();
        for (number, anchor) in anchors.enumerate() {
            let claim = claim_of(article, anchor);
            // A claim refers to others.
            let is_own = claim.is_some_and(|claim| {
                article.path == self.file.path
                    && claim.place.span().contains_offset(self.offset)
                    && claim.attributes_end.start.offset as usize >= self.offset
                    && self.text[..self.offset].rfind('{').is_some_and(|brace| {
                        // Of claims around this one the braces come later.
                        self.text[brace..claim.attributes_end.start.offset as usize].find('}').is_none()
                    })
            });
            if is_own {
                continue;
            }
            let suited = claim.is_some_and(&suits);
            let written = format!("{before}{}", anchor.id);
            self.add(Offer {
                names: vec![written.clone()],
                detail: Some(claim_detail(claim)),
                text: Text::Value(written),
                snippet: None,
                kind: CompletionKind::Claim,
                deprecated: false,
                group: group + u8::from(!suited),
                here: false,
                uses: order - number,
                subject: Described::Claim { path: article.path.to_string(), id: anchor.id.to_string() },
            });
        }
    }

    /// Everything in an article that a link can point at.
    pub(super) fn anchors_of(&mut self, article: &FileFacts, before: &str, close: &str) {
        for anchor in article.article.iter().flat_map(|facts| &facts.anchors) {
            let claim = claim_of(article, anchor);
            let detail =
                if claim.is_some() || anchor.is_claim { claim_detail(claim) } else { "heading".to_owned() };
            let written = format!("{before}{}", anchor.id);
            self.add(Offer {
                detail: Some(detail),
                text: Text::Exact(format!("{written}{close}")),
                group: u8::from(claim.is_none()),
                subject: Described::Claim { path: article.path.to_string(), id: anchor.id.to_string() },
                ..Offer::word(written, "", CompletionKind::Claim)
            });
        }
    }

    /// Ids for a claim of those words: those that others refer to already, and one made of the
    /// words.
    pub(super) fn new_ids(&mut self, words: &str) {
        let (corpus, file) = (self.corpus, self.file);
        let own = file.article.iter().flat_map(|article| &article.claim_references);
        let own =
            own.filter(|one| one.article.is_none() && !one.id.is_empty() && file.anchor(&one.id).is_none());
        let mut own: Vec<&str> = own.map(|one| &*one.id).collect();
        own.sort_unstable();
        own.dedup();
        for id in &own {
            let detail = "referred to in this article, and not there yet";
            self.add(Offer { group: 0, ..Offer::word(*id, detail, CompletionKind::Claim) });
        }
        for id in corpus.claims_missed(file).into_iter().filter(|id| !id.is_empty() && !own.contains(id)) {
            let detail = "referred to in another article, and not there";
            self.add(Offer { group: 1, ..Offer::word(id, detail, CompletionKind::Claim) });
        }
        let made: Vec<String> = words
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().count() > 3 && word.chars().any(char::is_alphabetic))
            .take(3)
            .map(str::to_lowercase)
            .collect();
        let made = made.join("-");
        if !made.is_empty() && file.anchor(&made).is_none() {
            let detail = "from the words of the claim";
            self.add(Offer { group: 2, ..Offer::word(made, detail, CompletionKind::Claim) });
        }
    }
}

fn claim_of<'f>(article: &'f FileFacts, anchor: &Anchor) -> Option<&'f ClaimFacts> {
    article.article.as_ref()?.claims.get(anchor.claim? as usize)
}

/// "accusation · The guards fired on the boats"
fn claim_detail(claim: Option<&ClaimFacts>) -> String {
    let Some(claim) = claim else { return "gone from the text".to_owned() };
    let kinds = [
        (claim.accusation, "accusation"),
        (claim.response, "response"),
        (claim.quote, "quote"),
        (claim.figure, "figure"),
    ];
    let kind = kinds.into_iter().find_map(|(is, kind)| is.then_some(kind)).unwrap_or("claim");
    match claim.words.as_deref().map(one_line).filter(|words| !words.is_empty()) {
        Some(words) => format!("{kind} · {words}"),
        None => kind.to_owned(),
    }
}
