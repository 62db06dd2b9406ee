//! What the languages abbreviate, and with which words their sentences begin.
//!
//! Each list is in order, so that it can be searched by halves; a test keeps it so.
//! Abbreviations stand without their last full stop, in the case in which they occur.

use crate::text::primary_language;

/// No abbreviation in the lists has more bytes.
pub(super) const LONGEST: usize = 9;

/// What is known of a language's full stops.
pub(super) struct Words {
    /// Abbreviations that no sentence ends with: something always follows.
    pub(super) never_last: &'static [&'static str],
    /// The same, but only before a number; words in their own right otherwise.
    pub(super) before_numbers: &'static [&'static str],
    /// Abbreviations that a sentence may end with, before one of `starters`.
    pub(super) seldom_last: &'static [&'static str],
    /// Abbreviations that end a sentence before a capital, except before `followers`.
    pub(super) often_last: &'static [&'static str],
    pub(super) followers: &'static [&'static str],
    /// Words that, with a capital in the middle of a text, begin a sentence.
    pub(super) starters: &'static [&'static str],
    /// Ends of compounds that are abbreviated like the `seldom_last`.
    pub(super) seldom_last_ends: &'static [&'static str],
    /// `28.` is the 28th.
    pub(super) dotted_ordinals: bool,
}

/// The words of a language, given as a BCP 47 tag.
pub(super) fn of(lang: &str) -> &'static Words {
    let primary = primary_language(lang);
    let is = |tags: &[&str]| tags.iter().any(|tag| primary.eq_ignore_ascii_case(tag));
    if is(&["en", ""]) {
        &ENGLISH
    } else if is(&["de", "deu", "ger"]) {
        &GERMAN
    } else if is(&["fr"]) {
        &FRENCH
    } else if is(&["es"]) {
        &SPANISH
    } else if is(&[
        "da", "nb", "nn", "no", "fi", "is", "fo", "et", "lv", "cs", "sk", "pl", "sl", "hr", "sr", "bs", "hu",
        "tr",
    ]) {
        &OTHERS_WITH_ORDINALS
    } else {
        &OTHERS
    }
}

#[rustfmt::skip] // One word a line is too long to read.
static ENGLISH: Words = Words {
    never_last: &[
        "Adm", "Amb", "Asst", "Atty", "Bp", "Brig", "Capt", "Cdr", "Cf", "Cmdr", "Col", "Comdr", "Cpl",
        "Cpt", "Dep", "Dr", "Drs", "E.g", "Ens", "Fr", "Ft", "Gen", "Gov", "Govs", "Hon", "I.e", "Insp",
        "Lieut", "Lt", "Maj", "Messrs", "Mgr", "Mme", "Mmes", "Mr", "Mrs", "Ms", "Msgr", "Mt", "Mx", "Ofc",
        "Pfc", "Pres", "Prof", "Profs", "Pvt", "Rep", "Reps", "Rev", "Sen", "Sens", "Sgt", "Sr.Lt", "Supt",
        "Viz", "Vs", "approx", "c.f", "ca", "cf", "e.g", "i.e", "v", "viz", "vs",
    ],
    before_numbers: &[
        "Art", "Arts", "Ch", "Chap", "Cl", "Eq", "Fig", "Figs", "No", "Nos", "Para", "Pt", "Reg", "Sec",
        "Secs", "Sect", "Vol", "Vols", "art", "b", "c", "ch", "chap", "circa", "cl", "d", "ed", "eq", "est",
        "fig", "figs", "fol", "n", "no", "nos", "op", "p", "para", "pg", "pp", "pt", "r", "sec", "secs",
        "sect", "vol", "vols",
    ],
    seldom_last: &[
        "Ala", "Apr", "Ariz", "Ark", "Assn", "Aug", "Ave", "Blvd", "Bros", "Calif", "Cie", "Co", "Colo",
        "Conn", "Corp", "Cos", "Ct", "Dec", "Del", "Dept", "Dist", "Esq", "Est", "Fla", "Ga", "Hwy", "Ill",
        "Inc", "Ind", "Jan", "Jr", "Kan", "Ky", "L.L.C", "LLC", "La", "Ltd", "Mar", "Mass", "Md", "Mfg",
        "Mich", "Minn", "Miss", "Mo", "Mont", "Natl", "Neb", "Nev", "Nov", "Oct", "Okla", "Ore", "Ph.D",
        "Pl", "Plc", "Rd", "S.p.A", "Sep", "Sept", "Sq", "Sr", "St", "Ste", "Sts", "Tenn", "Tex", "Univ",
        "Va", "Vt", "Wash", "Wis", "Wyo", "dept", "est", "incl", "plc",
    ],
    often_last: &["A.M", "P.M", "a.m", "al", "etc", "ibid", "p.m"],
    followers: &[
        "AST", "April", "August", "BST", "CDT", "CEST", "CET", "CST", "Central", "December", "EDT", "EST",
        "ET", "Eastern", "February", "Friday", "GMT", "IST", "January", "July", "June", "MDT", "MST",
        "March", "May", "Monday", "Mountain", "November", "October", "PDT", "PST", "PT", "Pacific",
        "Saturday", "September", "Sunday", "Thursday", "Tuesday", "UTC", "Wednesday",
    ],
    starters: &[
        "A", "About", "Above", "According", "Across", "After", "Again", "Against", "All", "Almost", "Along",
        "Already", "Also", "Although", "Among", "An", "And", "Another", "Any", "Anyone", "Are", "Around",
        "As", "Asked", "At", "Because", "Before", "Behind", "Below", "Besides", "Between", "Both", "But",
        "By", "Can", "Could", "Despite", "Did", "Do", "Does", "During", "Each", "Earlier", "Either", "Even",
        "Every", "Everyone", "Few", "Finally", "For", "From", "Had", "Has", "Have", "He", "Her", "Here",
        "His", "How", "However", "I", "If", "In", "Indeed", "Instead", "Into", "Is", "It", "Its", "Just",
        "Last", "Later", "Like", "Many", "Meanwhile", "More", "Moreover", "Most", "Much", "My", "Nearly",
        "Neither", "Never", "Next", "Nobody", "None", "Nor", "Not", "Nothing", "Now", "Of", "Often", "On",
        "Once", "One", "Only", "Or", "Other", "Others", "Our", "Over", "Perhaps", "Several", "She",
        "Should", "Since", "So", "Some", "Sometimes", "Soon", "Still", "Such", "That", "The", "Their",
        "Then", "There", "Therefore", "These", "They", "This", "Those", "Though", "Through", "Throughout",
        "Thus", "To", "Today", "Together", "Two", "Under", "Unless", "Until", "Upon", "Was", "We", "Were",
        "What", "When", "Where", "Whether", "Which", "While", "Who", "Whose", "Why", "Will", "With",
        "Within", "Without", "Would", "Yesterday", "Yet", "You", "Your",
    ],
    seldom_last_ends: &[],
    dotted_ordinals: false,
};

#[rustfmt::skip] // One word a line is too long to read.
static GERMAN: Words = Words {
    never_last: &[
        "Abg", "Bgm", "Dipl", "Dr", "Fa", "Fr", "Frl", "Gebr", "Gen", "Hptm", "Hr", "Hrn", "Ing", "Kfm",
        "Lt", "Maj", "Med", "Mr", "Mrs", "OStR", "Oberstlt", "Phil", "Prof", "Sankt", "St", "Stv", "Vgl",
        "Z.B", "abgek", "allg", "anschl", "bes", "betr", "bspw", "bzgl", "bzw", "ca", "d", "d.h", "dergl",
        "dgl", "dipl", "dt", "ehem", "einschl", "engl", "entspr", "etw", "eventl", "evtl", "exkl", "finanz",
        "frz", "geb", "gegr", "gek", "gem", "ggf", "ggfs", "h.c", "i", "i.H.v", "i.d.R", "iHv", "inkl",
        "insb", "insbes", "jur", "kath", "lat", "lt", "m.E", "max", "med", "min", "mind", "näml", "o",
        "o.g", "orig", "phil", "pol", "rd", "rer", "s", "s.o", "s.u", "sog", "spez", "stellv", "tägl", "u",
        "u.U", "u.a", "urspr", "usf", "v", "v.a", "verh", "vgl", "vorl", "z", "z.B", "z.T", "z.Z", "z.Zt",
        "zit", "zzgl",
    ],
    before_numbers: &[
        "Abb", "Abs", "Abschn", "Anm", "Art", "Aufl", "Az", "Bd", "Bde", "Ders", "Fn", "Kap", "No", "Nr",
        "Nrn", "Pos", "Rn", "Rz", "S", "Sp", "Tab", "Tel", "Verf", "Ziff", "art", "nr",
    ],
    seldom_last: &[
        "Apr", "Aug", "Ausg", "Best", "Bez", "Chr", "Co", "Corp", "Dez", "Di", "Do", "Feb", "Febr", "Hbf",
        "Hg", "Hrsg", "Inc", "Jan", "Jh", "Jhdt", "Jr", "Jul", "Jun", "Kto", "Ltd", "Mi", "Mill", "Mio",
        "Mo", "Mrd", "Mär", "Nov", "Okt", "Pf", "Pl", "Reg", "Sa", "Sept", "So", "Std", "Stk", "Str", "Tsd",
        "Univ", "bez", "e.V", "f", "ff", "gest", "h", "n.Chr", "str", "v.Chr", "v.H",
    ],
    often_last: &["etc", "o.ä", "u.ä", "usf", "usw"],
    followers: &["Chr"],
    starters: &[
        "Aber", "Alle", "Allein", "Allerdings", "Als", "Also", "Am", "An", "Andere", "Anders", "Auch",
        "Auf", "Aus", "Außerdem", "Bei", "Beide", "Beim", "Bereits", "Bis", "Bisher", "Da", "Dabei",
        "Dadurch", "Dafür", "Dagegen", "Daher", "Dahinter", "Damals", "Damit", "Danach", "Daneben", "Dann",
        "Daran", "Darauf", "Daraufhin", "Darin", "Darum", "Darunter", "Darüber", "Das", "Dass", "Davon",
        "Davor", "Dazu", "Dem", "Den", "Denn", "Dennoch", "Der", "Deren", "Derzeit", "Des", "Deshalb",
        "Dessen", "Deswegen", "Die", "Dies", "Diese", "Diesem", "Diesen", "Dieser", "Dieses", "Doch",
        "Dort", "Durch", "Ebenso", "Ein", "Eine", "Einem", "Einen", "Einer", "Eines", "Einige", "Er",
        "Erst", "Es", "Etwa", "Für", "Gegen", "Gestern", "Hat", "Hatte", "Heute", "Hier", "Hinter", "Ich",
        "Ihm", "Ihn", "Ihr", "Ihre", "Im", "Immer", "In", "Insgesamt", "Inzwischen", "Ist", "Ja", "Jede",
        "Jeder", "Jedes", "Jedoch", "Jetzt", "Kein", "Keine", "Laut", "Man", "Manche", "Mehr", "Mehrere",
        "Mit", "Morgen", "Nach", "Nachdem", "Neben", "Nein", "Nicht", "Noch", "Nun", "Nur", "Ob", "Obwohl",
        "Oder", "Ohne", "Schon", "Sein", "Seine", "Seit", "Seitdem", "Sie", "Sind", "So", "Sogar", "Somit",
        "Sondern", "Statt", "Trotz", "Trotzdem", "Um", "Und", "Unser", "Unsere", "Unter", "Viele",
        "Vielmehr", "Vom", "Von", "Vor", "Wann", "War", "Waren", "Warum", "Was", "Weder", "Wegen", "Weil",
        "Weiter", "Weitere", "Welche", "Wenn", "Wer", "Wie", "Wieder", "Wir", "Wird", "Wo", "Während", "Zu",
        "Zuletzt", "Zum", "Zunächst", "Zur", "Zuvor", "Zwar", "Zwischen", "Über", "Überall",
    ],
    seldom_last_ends: &["str", "pl"],
    dotted_ordinals: true,
};

#[rustfmt::skip] // One word a line is too long to read.
static FRENCH: Words = Words {
    never_last: &[
        "Adj", "Cap", "Cdt", "Col", "Dr", "Gal", "Lt", "MM", "Me", "Mgr", "Mlle", "Mlles", "Mme", "Mmes",
        "Mr", "Pr", "Prof", "Sgt", "St", "Ste", "Vve", "apr", "av", "c.-à-d", "cf", "env", "ex", "p.ex",
        "vs",
    ],
    before_numbers: &[
        "Art", "No", "Nos", "Vol", "art", "chap", "fig", "no", "p", "pp", "t", "vol",
    ],
    seldom_last: &[
        "Bd", "C", "Cie", "Inc", "J.-C", "Ltd", "Sté", "avr", "bd", "boul", "déc", "févr", "hab", "janv",
        "juill", "nov", "oct", "sept", "tél", "éd",
    ],
    often_last: &["etc"],
    followers: &[],
    starters: &[
        "A", "Ainsi", "Alors", "Après", "Au", "Aucun", "Aujourd", "Aussi", "Aux", "Avant", "Avec", "Car",
        "Ce", "Cela", "Celle", "Celui", "Cependant", "Ces", "Cet", "Cette", "Ceux", "Chaque", "Chez",
        "Comme", "Contre", "D", "Dans", "De", "Depuis", "Des", "Donc", "Du", "Elle", "Elles", "En", "Enfin",
        "Ensuite", "Entre", "Et", "Hier", "Ici", "Il", "Ils", "Je", "L", "La", "Le", "Les", "Leur", "Leurs",
        "Lors", "Lorsque", "Lui", "Mais", "Malgré", "Ni", "Non", "Nos", "Notre", "Nous", "On", "Or", "Ou",
        "Où", "Par", "Parce", "Pendant", "Plus", "Plusieurs", "Pour", "Pourquoi", "Puis", "Quand", "Que",
        "Quel", "Quelle", "Qui", "Sa", "Sans", "Selon", "Ses", "Seul", "Si", "Son", "Sous", "Sur", "Tandis",
        "Tous", "Tout", "Toute", "Toutes", "Très", "Un", "Une", "Vers", "Vous", "À", "Ça", "Également",
    ],
    seldom_last_ends: &[],
    dotted_ordinals: false,
};

#[rustfmt::skip] // One word a line is too long to read.
static SPANISH: Words = Words {
    never_last: &[
        "Cap", "Cnel", "Col", "D", "Da", "Dn", "Dr", "Dra", "Dras", "Dres", "Dña", "Excmo", "Fr", "Gral",
        "Ing", "Lic", "Mons", "Pdte", "Prof", "Profa", "Pte", "Sgto", "Sr", "Sra", "Sras", "Sres", "Srta",
        "Sta", "Sto", "Tte", "Ud", "Uds", "Vd", "Vds", "aprox", "cf", "ej", "p.ej", "vs",
    ],
    before_numbers: &[
        "Art", "Núm", "Pág", "art", "arts", "cap", "fig", "núm", "núms", "p", "pp", "pág", "págs", "vol",
    ],
    seldom_last: &[
        "Av", "Avda", "Bros", "C", "Cía", "EE", "FF", "Inc", "JJ", "Ltd", "OO", "RR", "S.A", "UU", "a.C",
        "abr", "ago", "d.C", "dic", "ene", "feb", "jul", "jun", "mar", "nov", "oct", "sept", "tel",
    ],
    often_last: &["etc"],
    followers: &[],
    starters: &[
        "A", "Además", "Al", "Algunos", "Ante", "Antes", "Aquí", "Así", "Aunque", "Ayer", "Cada", "Como",
        "Con", "Contra", "Cuando", "De", "Del", "Desde", "Después", "Dos", "Durante", "El", "Ella", "Ellos",
        "En", "Entonces", "Entre", "Era", "Es", "Esa", "Ese", "Eso", "Esta", "Este", "Esto", "Estos",
        "Está", "Fue", "Ha", "Han", "Hasta", "Hay", "Hoy", "La", "Las", "Le", "Les", "Lo", "Los", "Luego",
        "Mientras", "Muchos", "Más", "Ni", "No", "Nos", "O", "Otra", "Otro", "Para", "Pero", "Por",
        "Porque", "Pues", "Que", "Quien", "Qué", "Se", "Según", "Si", "Sin", "Sobre", "Su", "Sus", "Sí",
        "También", "Tampoco", "Todo", "Todos", "Tras", "Un", "Una", "Y", "Ya", "Yo", "Él",
    ],
    seldom_last_ends: &[],
    dotted_ordinals: false,
};

static OTHERS: Words = Words {
    never_last: &["Dr", "Mr", "Mrs", "Ms", "Prof", "Sr", "Sra", "St", "ca", "cf", "vs", "г", "др", "ул"],
    before_numbers: &[
        "Art", "Fig", "No", "Nr", "Vol", "art", "fig", "no", "nr", "p", "pp", "str", "vol", "стр",
    ],
    seldom_last: &["Co", "Corp", "Inc", "Jr", "Ltd", "млн", "млрд", "руб", "тыс"],
    often_last: &["etc"],
    followers: &[],
    starters: &[],
    seldom_last_ends: &[],
    dotted_ordinals: false,
};

static OTHERS_WITH_ORDINALS: Words = Words { dotted_ordinals: true, ..OTHERS };

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_in_order() {
        for words in [&ENGLISH, &GERMAN, &FRENCH, &SPANISH, &OTHERS] {
            for list in [
                words.never_last,
                words.before_numbers,
                words.seldom_last,
                words.often_last,
                words.followers,
                words.starters,
            ] {
                let abbreviations =
                    !std::ptr::eq(list, words.starters) && !std::ptr::eq(list, words.followers);
                assert!(!abbreviations || list.iter().all(|word| word.len() <= LONGEST));
                for pair in list.windows(2) {
                    assert!(pair[0] < pair[1], "{} stands before {}", pair[0], pair[1]);
                }
            }
        }
    }

    #[test]
    fn languages_by_their_tags() {
        for (tag, ordinals) in
            [("en", false), ("en-GB", false), ("", false), ("de-AT", true), ("DE", true), ("da", true)]
        {
            assert_eq!(of(tag).dotted_ordinals, ordinals, "{tag}");
        }
    }
}
