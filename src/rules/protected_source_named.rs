//! `protected-source-named`

use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::diagnostic::{Finding, Level};

pub(super) static RULE: Rule = Rule {
    name: "protected-source-named",
    summary: "the name of a source that must not be named",
    explanation: "\
A source whose `terms` are not on record, or whose entry says in `known-to` which editor knows the name,
was promised that readers would not learn who it is. This looks in every article for the full names of
the authors of such sources, as \"Given Family\" and \"Family, Given\": in the headline and the text, and
in all else that a draft holds which is passed on, such as attributes, titles of links and pictures, what is
said beside the key of a citation, comments, code and front matter; in addresses and names of files also
spelt `given-family`. Where the article cites the source, an alias of two words or more counts like
the name, and so does whatever the markup calls the person. Marks on letters make no difference. The Reuters
Handbook and AP put the duty to shield a source above nearly every other; one line in one story is
enough to break it.

    Bad:   [Nobody paid]{.claim by=unnamed as=\"a docker\"}[@docker], said …   (and the docker's full name)
    Good:  [Nobody paid]{.claim by=unnamed as=\"a docker\"}[@docker], a docker said.

Take the name out, there and in the places that are listed with it. The message says which source it is
and never repeats the name, and what newsmark prints of the article outside the editor has it dotted out.
A family name or another single word alone is no certain find, nor is a name with a slip in it, which may
be somebody else's. The key of a source may be said everywhere: make none of a name. Silent where the
article has the same person on record: it cites another source by them, or has them say something that
rests on sources on record; and, in articles that do not cite the source, for people whom a registry of
entities knows, who may be named for what they do in public. Names in scripts without capitals are not found. An author who is a body is told from a person
by its entry among the entities.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Error),
    checks: &[Check::Corpus(check)],
};

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    for named in context.corpus.protected_names_in(context.file) {
        let source = named.source;
        let Some((first, others)) = named.places.split_first() else { continue };
        let message =
            format!("the name of somebody behind `{}` stands here, who must not be named", source.what.key);
        let mut finding = Finding::new(*first, message)
            .help("take the name out; what to call them instead was agreed with them")
            .related(&source.file.path, source.what.key_place, "the source and its terms");
        for place in others {
            finding.add_related(context.path(), *place, "and here");
        }
        findings.push(finding);
    }
}
