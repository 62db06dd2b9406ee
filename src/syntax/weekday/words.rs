//! The words for weekdays and months, and what stands between them. All in small letters;
//! the first of several is the one that is written.

use crate::text::for_language;

/// How a language writes a date with its weekday.
#[derive(Debug)]
pub(super) struct Language {
    /// From Monday on.
    pub(super) weekdays: [&'static [&'static str]; 7],
    /// The same, abbreviated, without a full stop.
    pub(super) abbreviations: [&'static [&'static str]; 7],
    /// Whether an abbreviation counts without a mark after it (but "Sun", which is a
    /// newspaper in many places).
    pub(super) abbreviations_stand_alone: bool,
    /// The marks of which one has to follow an abbreviation where it doesn't.
    pub(super) abbreviations_before: &'static [char],
    /// Whether weekdays begin with a capital.
    pub(super) capitals: bool,
    /// Names and abbreviations.
    pub(super) months: [&'static [&'static str]; 12],
    /// Whether the month may come before the day.
    pub(super) month_first: bool,
    /// Whether the day of the month has a full stop.
    pub(super) day_has_full_stop: bool,
    /// What may follow the day of the month.
    pub(super) ordinal_endings: &'static [&'static str],
    /// What follows an ordinal of that day.
    pub(super) ordinal: fn(u8) -> &'static str,
    /// What stands between the numbers, where day, month and year in numbers have one
    /// order only.
    pub(super) numeric: Option<char>,
    /// Words before the date.
    pub(super) fillers: &'static [&'static str],
    /// Words before the month and the year.
    pub(super) of: &'static [&'static str],
    /// Words between weekday and date.
    pub(super) parts_of_the_day: &'static [&'static str],
    /// Words before a weekday that follows its date.
    pub(super) articles: &'static [&'static str],
    /// What joins weekdays to a list or a range.
    pub(super) conjunctions: &'static [&'static str],
}

/// The words of a language, given as a BCP 47 tag.
pub(super) fn of(lang: &str) -> Option<&'static Language> {
    for_language(lang, &[("en", &ENGLISH), ("de", &GERMAN), ("fr", &FRENCH), ("es", &SPANISH)])
}

static ENGLISH: Language = Language {
    weekdays: [
        &["monday"],
        &["tuesday"],
        &["wednesday"],
        &["thursday"],
        &["friday"],
        &["saturday"],
        &["sunday"],
    ],
    abbreviations: [
        &["mon"],
        &["tue", "tues"],
        &["wed", "weds"],
        &["thu", "thur", "thurs"],
        &["fri"],
        &["sat"],
        &["sun"],
    ],
    abbreviations_stand_alone: true,
    abbreviations_before: &['.'],
    capitals: true,
    months: [
        &["january", "jan"],
        &["february", "feb"],
        &["march", "mar"],
        &["april", "apr"],
        &["may"],
        &["june", "jun"],
        &["july", "jul"],
        &["august", "aug"],
        &["september", "sep", "sept"],
        &["october", "oct"],
        &["november", "nov"],
        &["december", "dec"],
    ],
    month_first: true,
    day_has_full_stop: false,
    ordinal_endings: &["st", "nd", "rd", "th"],
    ordinal: |day| match day {
        1 | 21 | 31 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    },
    numeric: None,
    fillers: &["the"],
    of: &["of"],
    parts_of_the_day: &["morning", "afternoon", "evening", "night"],
    articles: &["a"],
    conjunctions: &["and", "or", "to", "until", "through"],
};

static GERMAN: Language = Language {
    weekdays: [
        &["montag"],
        &["dienstag"],
        &["mittwoch"],
        &["donnerstag"],
        &["freitag"],
        &["samstag", "sonnabend"],
        &["sonntag"],
    ],
    abbreviations: [&["mo"], &["di"], &["mi"], &["do"], &["fr"], &["sa"], &["so"]],
    abbreviations_stand_alone: false,
    abbreviations_before: &['.', ','],
    capitals: true,
    months: [
        &["januar", "jänner", "jan", "jän"],
        &["februar", "feber", "feb"],
        &["märz", "maerz", "mär"],
        &["april", "apr"],
        &["mai"],
        &["juni", "jun"],
        &["juli", "jul"],
        &["august", "aug"],
        &["september", "sep", "sept"],
        &["oktober", "okt"],
        &["november", "nov"],
        &["dezember", "dez"],
    ],
    month_first: false,
    day_has_full_stop: true,
    ordinal_endings: &[],
    ordinal: |_| "",
    numeric: Some('.'),
    fillers: &["den", "dem", "der"],
    of: &[],
    parts_of_the_day: &["früh", "morgen", "vormittag", "mittag", "nachmittag", "abend", "nacht"],
    articles: &["ein", "einem", "einen"],
    conjunctions: &["und", "oder", "bis"],
};

static FRENCH: Language = Language {
    weekdays: [&["lundi"], &["mardi"], &["mercredi"], &["jeudi"], &["vendredi"], &["samedi"], &["dimanche"]],
    abbreviations: [&["lun"], &["mar"], &["mer"], &["jeu"], &["ven"], &["sam"], &["dim"]],
    abbreviations_stand_alone: false,
    abbreviations_before: &['.'],
    capitals: false,
    months: [
        &["janvier", "janv"],
        &["février", "fevrier", "févr", "fév"],
        &["mars"],
        &["avril", "avr"],
        &["mai"],
        &["juin"],
        &["juillet", "juill", "juil"],
        &["août", "aout"],
        &["septembre", "sept"],
        &["octobre", "oct"],
        &["novembre", "nov"],
        &["décembre", "decembre", "déc"],
    ],
    month_first: false,
    day_has_full_stop: false,
    ordinal_endings: &["er"],
    ordinal: |day| if day == 1 { "er" } else { "" },
    numeric: Some('/'),
    fillers: &["le"],
    of: &[],
    parts_of_the_day: &["matin", "midi", "soir"],
    articles: &["un"],
    conjunctions: &["et", "ou", "au", "à"],
};

static SPANISH: Language = Language {
    weekdays: [
        &["lunes"],
        &["martes"],
        &["miércoles", "miercoles"],
        &["jueves"],
        &["viernes"],
        &["sábado", "sabado"],
        &["domingo"],
    ],
    abbreviations: [&["lun"], &["mar"], &["mié", "mie"], &["jue"], &["vie"], &["sáb", "sab"], &["dom"]],
    abbreviations_stand_alone: false,
    abbreviations_before: &['.'],
    capitals: false,
    months: [
        &["enero", "ene"],
        &["febrero", "feb"],
        &["marzo", "mar"],
        &["abril", "abr"],
        &["mayo", "may"],
        &["junio", "jun"],
        &["julio", "jul"],
        &["agosto", "ago"],
        &["septiembre", "setiembre", "sept", "sep"],
        &["octubre", "oct"],
        &["noviembre", "nov"],
        &["diciembre", "dic"],
    ],
    month_first: false,
    day_has_full_stop: false,
    ordinal_endings: &[".º", "º", ".°", "°"],
    ordinal: |day| if day == 1 { "º" } else { "" },
    numeric: Some('/'),
    fillers: &["el", "día"],
    of: &["de", "del"],
    parts_of_the_day: &[],
    articles: &["un"],
    conjunctions: &["y", "o", "a", "al"],
};
