//! How claims stand to each other, in words.

use crate::corpus::ClaimRelation;

/// How a claim stands to the one that it names: "answers".
pub(super) fn active(relation: ClaimRelation) -> &'static str {
    match relation {
        ClaimRelation::Headline => "carries the headline of",
        ClaimRelation::Answers => "answers",
        ClaimRelation::Disputes => "disputes",
        ClaimRelation::Confirms => "confirms",
        ClaimRelation::Repeats => "repeats",
        ClaimRelation::Corrects => "corrects",
        ClaimRelation::Updates => "updates",
        ClaimRelation::Continues => "continues",
        ClaimRelation::AnsweredBy => "answered in",
    }
}

/// How a claim that is named stands to the one that names it: "answered by".
pub(super) fn passive(relation: ClaimRelation) -> &'static str {
    match relation {
        ClaimRelation::Headline => "carries the headline of",
        ClaimRelation::Answers => "answered by",
        ClaimRelation::Disputes => "disputed by",
        ClaimRelation::Confirms => "confirmed by",
        ClaimRelation::Repeats => "repeated by",
        ClaimRelation::Corrects => "corrected by",
        ClaimRelation::Updates => "updated by",
        ClaimRelation::Continues => "continued by",
        ClaimRelation::AnsweredBy => "answers",
    }
}
