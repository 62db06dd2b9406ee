use proptest::prelude::*;

use super::*;

/// Checks the sentences of a text whose ends are marked with `|`.
fn check(lang: &str, marked: &str) {
    let text = marked.replace('|', "");
    let found: Vec<&str> = sentences(&text, lang).into_iter().map(|range| &text[range]).collect();
    let expected: Vec<&str> = marked.split('|').collect();
    assert_eq!(found, expected, "{lang}");
}

#[test]
fn plain_sentences() {
    for marked in [
        "It is over.",
        "It is over. |We go.",
        "It is over.  |We go! |Where to? |Home.",
        "No stop at the end",
        "It is over.\n|We go.",
        "It went on\nwithout a stop.",
        "He left (it was late). |She stayed.",
        "He left. |(She stayed.) |They slept.",
        "Is it over?! |Yes.",
        "The price is 3.5 million. |It was 4.",
        "See example.com/a.b?c=D for more. |It is free.",
        "It killed scores. |28 people were hurt.",
        "It happened in 2019. |2020 was calm.",
        "28. July saw it. |1. First",
        "It was over. and so on",
        "Wait... what? |No.",
        "Wait... |What?",
        "Wait… |What?",
        "The … Minister said so.",
        "The . . . Minister said so. |Yes.",
        "He left. . . . |The door closed.",
        "He ended. — Agency",
        "Yahoo! said so.",
        "   leading space. |Next.",
    ] {
        check("en", marked);
    }
    assert!(sentences("", "en").is_empty());
    assert_eq!(sentences("  ", "en").len(), 1);
}

#[test]
fn english_abbreviations() {
    for marked in [
        "Mr. Smith met Dr. Jones. |They left.",
        "Lt. Gen. A. B. Carter and J. R. Smith spoke. |Nobody else did.",
        "Sen. Doe (R., Tex.) said no. |Rep. Roe said yes.",
        "He lives in the U.S. and works for the U.N. Security Council. |It is in New York.",
        "He left the U.S. |The flight was late.",
        "It was 5 p.m. |Smith left at 6 a.m. Eastern time on Jan. 3, 2026. |Then nothing.",
        "Acme Inc. Chairman Joe Doe paid Widget Co. and Brothers Ltd. nothing.",
        "He works for Acme Inc. |The company denies it.",
        "See p. 33, pp. 3, No. 5 and Fig. 2. |It is all there.",
        "Was it so? |No. |He denied it.",
        "They brought food, tents, etc. |Volunteers handed them out.",
        "Smith vs. Jones, e.g. The Crown, i.e. England.",
        "He met St. John in St. Petersburg. |Then he left.",
        "Martin Luther King Jr. Day was calm. |Sr. |The",
        "It was plan B. |The first had failed.",
        "Gov. O’Neill, Sgt. “Red” Doe and Capt.-Lt. Roe left.",
    ] {
        check("en", marked);
    }
}

#[test]
fn german_abbreviations_and_ordinals() {
    for marked in [
        "Am 28. Juli war es vorbei. |Danach nicht.",
        "Im 19. Jahrhundert, am 3. 5. 1848, z. B. in Wien. |Dort war es laut.",
        "Es starben 28. |Die Polizei schwieg.",
        "Das war 2019. |Polizisten kamen.",
        "Dr. Müller, d. h. Frau Prof. Dr. Meier, sprach ca. 20 Minuten. |Sie ging.",
        "Ludwig XIV. König von Frankreich. |Wilhelm II. |Der Kaiser.",
        "Er zahlte 3 Mio. Euro bzw. Nr. 5 gem. Abs. 3. |Das reichte.",
        "Obst, Gemüse usw. |Alles weg.",
        "So z.B. Berlin. |Es ist groß.",
        "Der Verein e.V. |Er ist klein.",
        "Die Bäckerei, Hauptstr. 5, blieb zu. |Sie öffnet morgen.",
    ] {
        check("de", marked);
    }
}

#[test]
fn other_languages() {
    check(
        "fr",
        "M. Dupont et Mme. Durand, av. J.-C. et apr. |Ils partent.".replace("apr. |", "apr. ").as_str(),
    );
    check("fr", "Le président M. Dupont est parti. |Il revient en janv. 2026. |Bien.");
    check("es", "El Sr. Pérez viajó a EE. UU. con la Dra. Ruiz. |¿Cuándo? |¡Ayer! |Nada más.");
    check("ja", "終わった。|行こう。|「終わった。行こう」と言った。|はい");
    check("hi", "यह समाप्त है। |हम जाते हैं।");
    check("ar", "انتهى الأمر. |هل نذهب؟ |نعم.");
    check("ru", "Всё кончено. |Мы идём. |А. С. Пушкин ушёл.");
    check("da", "Den 28. juli var alt forbi. |Så kom de.");
    check("zh-Hans", "结束了！|我们走吧。");
}

#[test]
fn quotations_do_not_split() {
    for marked in [
        "\"It is over. We go,\" he said. |He left.",
        "\"Is it over?\" she asked. |No.",
        "\"It is over.\" |The crowd left.",
        "“It is over. We go,” he said. |He left.",
        "“Is it over?” she asked.",
        "“It is over.” |The crowd left.",
        "“It is over. We go. We stay.” |“We go.”",
        "He said: “It is over. We go.” |The crowd left.",
        "It is over. |“We go,” he said.",
        "“It is over,” he said. |“We go.”",
        "He called it “over”. |Then he left.",
        "„Es ist aus. Wir gehen“, sagte er. |Er ging.",
        "„Es ist aus.“ |Dann ging er.",
        "»Es ist aus. Wir gehen«, sagte er. |Er ging.",
        "« C’est fini. Nous partons », dit-il. |Il partit.",
        "« C’est fini. » |Il partit.",
        "«C’est fini. Il a dit «Non.» Et voilà», dit-il. |Bien.",
        "”Det är slut. Vi går”, sade han. |Han gick.",
        "»Det är slut. Vi går», sade han. |Han gick.",
        "‹Es ist aus. Wir gehen›, sagte er. |Er ging.",
        "It ain't over. |It's 'over'. |Yes.",
        "(“It is over.”) |He left.",
    ] {
        check("en", marked);
    }
}

#[test]
fn stray_marks_glue_nothing() {
    for marked in [
        "“It is over. |We go. |We stay.",
        "\"It is over. |We go. |We stay.",
        "“It is over. |We go. |He said “no” and left. |Done.",
        "\"It is over. |He said \"no\" and left. |Done.",
        "The 5\" gun fired. |It missed. |It fired.",
        "It is over.” |We go. |We stay.",
        "»It is over. |He said »no« and left. |Done.",
        "Over.« |We go. |We stay.",
    ] {
        check("en", marked);
    }
}

#[test]
fn what_is_quoted() {
    for (text, expected) in [
        ("He said “it is over” and “go”.", vec!["it is over", "go"]),
        ("„Es ist aus“ und „geh”.", vec!["Es ist aus", "geh"]),
        ("«C’est fini» et « va »", vec!["C’est fini", " va "]),
        ("»Es ist aus« und ”slut”", vec!["Es ist aus", "slut"]),
        ("\"It is over\" and \"go\"", vec!["It is over", "go"]),
        ("「終わった『はい』」と", vec!["終わった『はい』"]),
        ("“He said “no” to me.”", vec!["He said “no” to me."]),
        ("„Er sagte “nein” zu mir“", vec!["Er sagte “nein” zu mir"]),
        ("‹single “double” marks›", vec!["double"]),
        ("no marks, it's 'single'", vec![]),
        ("a “stray mark", vec![]),
        ("a stray” mark and a “pair”", vec!["pair"]),
        ("a 12\" record", vec![]),
        ("\"\"", vec![""]),
        ("", vec![]),
    ] {
        let found = quotations(text);
        let inner: Vec<&str> = found.iter().map(|quotation| &text[quotation.inner.clone()]).collect();
        assert_eq!(inner, expected, "{text}");
        for quotation in found {
            assert!(
                quotation.outer.start < quotation.inner.start && quotation.inner.end < quotation.outer.end
            );
        }
    }
}

#[test]
fn words() {
    for (text, count) in
        [("", 0), ("It is over.", 3), ("don’t — 1,500", 2), ("終わった", 4), ("well-known", 2)]
    {
        assert_eq!(word_count(text), count, "{text}");
    }
}

#[test]
fn long_runs_take_linear_time() {
    for part in
        [". ", ".)", "\"", "“", "„", "»", "«", "“”", "A. ", "…", ".(", ". (", "1. ", "x.\"", "?\u{a0}", "''"]
    {
        let text = part.repeat(50_000);
        assert!(!sentences(&text, "de").is_empty());
        let _ = quotations(&text);
    }
    let spaces = format!("Over.{}x. Y", " ".repeat(200_000));
    assert_eq!(sentences(&spaces, "en").len(), 2);
}

fn prose() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zA-Z]{1,6}",
        "[ \n]",
        "[.!?]",
        Just("... ".to_owned()),
        "[\"“”„«»‹›「」']",
        "[()]",
        "[0-9]{1,4}",
        Just("Mr. ".to_owned()),
        Just(". ".to_owned()),
        Just(".” The ".to_owned()),
        "\\PC",
    ];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn sentences_are_the_text(text in prop_oneof![prose(), any::<String>()], lang in "en|de|fr|es|ja|") {
        let mut end = 0;
        for range in sentences(&text, &lang) {
            prop_assert_eq!(range.start, end);
            prop_assert!(range.end > range.start);
            prop_assert!(text.is_char_boundary(range.end));
            end = range.end;
        }
        prop_assert_eq!(end, text.len());
    }

    #[test]
    fn quotations_are_in_order(text in prop_oneof![prose(), any::<String>()]) {
        let mut end = 0;
        for quotation in quotations(&text) {
            prop_assert!(end <= quotation.outer.start);
            prop_assert!(quotation.outer.start < quotation.inner.start);
            prop_assert!(quotation.inner.start <= quotation.inner.end);
            prop_assert!(text.get(quotation.inner.clone()).is_some());
            end = quotation.outer.end;
        }
    }

    // With neither abbreviations (no language has any of these letters alone), quotations, ellipses nor numbers, the two agree: every
    // end of ours is one of the standard's, and the standard's are ours but for the
    // small letter after `!` and `?`.
    #[test]
    fn agrees_with_the_standard(words in prop::collection::vec(("[w-z]{2,5}|[A-Z][w-z]{3,5}|[A-Zа-яА-Я][а-я]{3,5}", "[ ,;]|[.!?]|[.!?]\\)"), 1..20)) {
        let text: String = words.iter().map(|(word, mark)| format!("{word}{} ", mark.trim())).collect();
        let mut standard: Vec<usize> = Vec::new();
        for (at, sentence) in text.split_sentence_bound_indices() {
            let small = sentence.starts_with(char::is_lowercase);
            if !small || at == 0 {
                standard.push(at);
            }
        }
        let ours: Vec<usize> = sentences(&text, "xx").into_iter().map(|range| range.start).collect();
        prop_assert_eq!(ours, standard, "{}", text);
    }
}
