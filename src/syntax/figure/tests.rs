use proptest::prelude::*;

use super::*;

/// A figure as the tables below have it: `low..high`, a `~` where it is approximate,
/// the unit.
fn show(figure: Option<Figure>) -> String {
    let Some(figure) = figure else { return "none".to_owned() };
    let bound = |bound: Option<f64>| bound.map_or(String::new(), |bound| format!("{bound}"));
    let about = if figure.about { "~" } else { "" };
    let range = if figure.low == figure.high {
        bound(figure.low)
    } else {
        format!("{}..{}", bound(figure.low), bound(figure.high))
    };
    format!("{about}{range} {}", figure.unit.unwrap_or_default()).trim_end().to_owned()
}

/// Checks figures written `before|text` (or `text` alone).
fn check(lang: &str, table: &[(&str, &str)]) {
    for (written, expected) in table {
        let (before, text) = written.split_once('|').unwrap_or(("", written));
        assert_eq!(show(read(before, text, lang)), *expected, "{written} ({lang})");
    }
}

#[test]
fn digits() {
    check(
        "en",
        &[
            ("28", "28"),
            ("0", "0"),
            ("1,500", "1500"),
            ("28,000", "28000"),
            ("1,234,567.5", "1234567.5"),
            ("12,34,567", "1234567"),
            ("1.500", "1.5"),
            ("1\u{a0}500", "1500"),
            ("1’500", "1500"),
            ("1,5", "1.5"),
            ("2½", "2.5"),
            ("½", "0.5"),
            ("28 people", "28 people"),
            ("28 killed", "28"),
            ("-5", "-5"),
            ("−0", "0"),
            ("-0", "0"),
            ("−5 degrees", "-5 degrees"),
            ("(28)", "28"),
            ("28.", "28"),
            ("28, he said", "28"),
            ("28-year-old", "28"),
            ("A raid killed 28 people", "28 people"),
        ],
    );
    check(
        "de",
        &[
            ("1.500", "1500"),
            ("1.500,5", "1500.5"),
            ("1,5", "1.5"),
            ("1.5", "1.5"),
            ("28 Menschen", "28 menschen"),
        ],
    );
    check("de-CH", &[("1’500", "1500"), ("1'500.50", "1500.5"), ("1’500,5", "1500.5"), ("1.5", "1.5")]);
    check("fr", &[("1 500", "1500"), ("1\u{202f}500,5 euros", "1500.5 EUR"), ("2019 300", "2019")]);
    check("es", &[("1.500,5", "1500.5")]);
    check("es-MX", &[("1,500.5", "1500.5")]);
    check("ar", &[("٢٨", "28"), ("١٬٥٠٠٫٥", "1500.5")]);
    check("fa", &[("۲۸ نفر", "28 نفر")]);
    check("hi", &[("२८", "28"), ("१,५००", "1500")]);
    check("bn", &[("২৮", "28")]);
    check("th", &[("๒๘", "28")]);
    check("ja", &[("２８人", "28 人"), ("3万人", "30000 人"), ("1億5000万円", "100000000")]);
    check("ru", &[("1,5 млн", "1500000"), ("28 человек", "28 человек")]);
}

#[test]
fn what_is_no_figure() {
    check(
        "en",
        &[
            ("", "none"),
            ("no number", "none"),
            ("a man", "none"),
            ("the 20th", "none"),
            ("the 1990s", "none"),
            ("14 February", "none"),
            ("February 14", "none"),
            ("12:30", "none"),
            ("11.3.2026", "none"),
            ("1.2.3", "none"),
            ("B-52", "none"),
            ("F16", "none"),
            ("#3", "none"),
            ("1e999", "none"),
            ("9/11", "none"),
            ("2026-03-11", "none"),
            ("14 February 2026", "none"),
            ("NaN", "none"),
            ("inf", "none"),
            ("-", "none"),
            ("On 14 February 28 people died", "28 people"),
            ("Two B-52s", "2"),
            ("it may 28 people", "28 people"),
        ],
    );
    check(
        "de",
        &[
            ("ein Mann", "none"),
            ("am 28. Juli", "none"),
            ("28. Juli", "none"),
            ("der 3. Tag", "none"),
            ("zweite", "none"),
        ],
    );
    assert_eq!(read("", &"9".repeat(400), "en"), None);
}

#[test]
fn english_words() {
    check(
        "en",
        &[
            ("seven", "7"),
            ("Seven of them children", "7"),
            ("zero", "0"),
            ("twenty-eight", "28"),
            ("twenty eight people", "28 people"),
            ("one hundred and five", "105"),
            ("a hundred", "100"),
            ("a hundred and five thousand", "105000"),
            ("two hundred thousand", "200000"),
            ("three hundred twenty-one", "321"),
            ("two thousand five hundred", "2500"),
            ("one million two hundred thousand and six", "1200006"),
            ("eleven hundred", "1100"),
            ("two dozen", "24"),
            ("two dozen people", "24 people"),
            ("a dozen", "12"),
            ("half a dozen", "6"),
            ("half", "0.5"),
            ("half a million", "500000"),
            ("a quarter of a million", "250000"),
            ("three quarters of a million", "750000"),
            ("two and a half million", "2500000"),
            ("two-thirds", "0.6666666666666666"),
            ("three quarters", "0.75"),
            ("a third", "0.3333333333333333"),
            ("hundreds", "~200.."),
            ("hundreds of people", "~200.. people"),
            ("dozens", "~24.."),
            ("scores", "~40.."),
            ("tens of thousands", "~20000.."),
            ("hundreds of thousands of people", "~200000.. people"),
            ("several hundred", "~200.."),
            ("a few dozen", "~24.."),
            ("a couple of thousand", "~2000"),
            ("two or three", "2..3"),
            ("five to six", "5..6"),
            ("two to three million", "2000000..3000000"),
            ("seven-year-old", "7"),
            ("two, three", "2"),
            ("two hundred and the rest", "200"),
        ],
    );
    check("fr", &[("sept", "none")]);
}

#[test]
fn german_words() {
    check(
        "de",
        &[
            ("achtundzwanzig", "28"),
            ("sieben", "7"),
            ("eins", "1"),
            ("eine", "1"),
            ("Zwölf Menschen", "12 menschen"),
            ("hundert", "100"),
            ("einhundertfünf", "105"),
            ("zweihundertfünfunddreißig", "235"),
            ("zweihundertfünfunddreissig", "235"),
            ("tausend", "1000"),
            ("dreitausendfünfhundert", "3500"),
            ("hundertachtundzwanzigtausend", "128000"),
            ("neunzehnhundertfünfzig", "1950"),
            ("ein Dutzend", "12"),
            ("zwei Dutzend", "24"),
            ("eine Million", "1000000"),
            ("zwei Millionen dreihunderttausend", "2300000"),
            ("eine halbe Million", "500000"),
            ("zweieinhalb Millionen", "2500000"),
            ("anderthalb", "1.5"),
            ("ein Drittel", "0.3333333333333333"),
            ("Hunderte", "~200.."),
            ("Dutzende Menschen", "~24.. menschen"),
            ("Zehntausende", "~20000.."),
            ("mehrere hundert", "~200.."),
            ("ein paar tausend", "~2000.."),
            ("1,5 Mio. Euro", "1500000 EUR"),
            ("3 Mrd. Kronen", "3000000000 kronen"),
            ("2,3 Millionen", "2300000"),
            ("20 bis 30", "20..30"),
            ("zwischen 20 und 30", "20..30"),
            ("mindestens|28", "28.."),
            ("mehr als|1.500", "1500.."),
            ("bis zu|20", "..20"),
            ("weniger als 20", "..20"),
            ("rund 1.500", "~1500"),
            ("etwa|zwei Dutzend", "~24"),
            ("ca. 20", "~20"),
            ("fast 20", "~20"),
            ("20 oder mehr", "20.."),
            ("12 Prozent", "12 %"),
        ],
    );
}

#[test]
fn magnitudes_and_units() {
    check(
        "en",
        &[
            ("1.5 million", "1500000"),
            ("2.3 million", "2300000"),
            ("3bn", "3000000000"),
            ("3 bn", "3000000000"),
            ("28k", "28000"),
            ("3 hundred thousand", "300000"),
            ("2 dozen", "24"),
            ("12 per cent", "12 %"),
            ("12 percent", "12 %"),
            ("12%", "12 %"),
            ("3 percentage points", "3 percentage points"),
            ("€3m", "3000000 EUR"),
            ("€3m–€5m", "3000000..5000000 EUR"),
            ("$1.5 billion", "1500000000 $"),
            ("US$1.5bn", "1500000000 USD"),
            ("A$20", "20 a$"),
            ("-$5", "-5 $"),
            ("$-5", "-5 $"),
            ("EUR 20", "20 EUR"),
            ("CHF 20", "20 CHF"),
            ("20 euros", "20 EUR"),
            ("20 €", "20 EUR"),
            ("20 million dollars", "20000000 $"),
            ("40 million crowns", "40000000 crowns"),
            ("40 million of the crowns", "40000000"),
            ("a 3m wall", "3 m"),
            ("3m people", "3000000 people"),
            ("5kg", "5 kg"),
            ("5 kg", "5 kg"),
            ("20 and more", "20.."),
        ],
    );
    check(
        "fr",
        &[
            ("1,5 million d'euros", "1500000 d'euros"),
            ("12 pour cent", "12 %"),
            ("3 milliards", "3000000000"),
        ],
    );
    check("es", &[("3 mil millones", "3000000000"), ("12 por ciento", "12 %")]);
}

#[test]
fn ranges() {
    check(
        "en",
        &[
            ("20 to 30", "20..30"),
            ("20–30", "20..30"),
            ("20-30", "20..30"),
            ("20 - 30", "20..30"),
            ("20 to 30 million", "20000000..30000000"),
            ("$20 to $30 million", "20000000..30000000 $"),
            ("1.5–2 million crowns", "1500000..2000000 crowns"),
            ("900,000 to 1 million", "900000..1000000"),
            ("3–5%", "3..5 %"),
            ("between 20 and 30", "20..30"),
            ("between|20 and 30", "20..30"),
            ("between one hundred and two hundred", "100..200"),
            ("about|20 to 30", "~20..30"),
            ("20 and 30", "20"),
            ("from 30 to 20", "30"),
            ("2019-20", "2019"),
            ("−5 to −3", "-5..-3"),
            ("20 to", "20"),
        ],
    );
}

#[test]
fn bounds() {
    check(
        "en",
        &[
            ("at least 28", "28.."),
            ("At least|28", "28.."),
            ("and at least |28 people", "28.. people"),
            ("more than 28", "28.."),
            ("no more than 28", "..28"),
            ("no fewer than|28", "28.."),
            ("over 28", "28.."),
            ("up to 28", "..28"),
            ("up to|28", "..28"),
            ("as many as 28", "..28"),
            ("fewer than 28", "..28"),
            ("less than|12%", "..12 %"),
            ("under 28", "..28"),
            ("about 28", "~28"),
            ("around|28", "~28"),
            ("some 28", "~28"),
            ("nearly 28", "~28"),
            ("almost 28", "~28"),
            ("an estimated|28", "~28"),
            ("at least some 28", "~28.."),
            ("approx. 28", "~28"),
            ("~28", "~28"),
            (">28", "28.."),
            ("28+", "28.."),
            ("28 or more", "28.."),
            ("28 or so", "~28"),
            ("28 or fewer", "..28"),
            ("at least 20 to 30", "20.."),
            ("more than a dozen", "12.."),
            ("up to half a million", "..500000"),
            ("it is over.|28", "28"),
            ("moreover|28", "28"),
            ("more than|€3m", "3000000.. EUR"),
            ("at least hundreds", "~200.."),
            ("up to hundreds", "~200.."),
        ],
    );
    check(
        "fr",
        &[
            ("au moins 28", "28.."),
            ("plus de|28", "28.."),
            ("environ 28", "~28"),
            ("entre 20 et 30", "20..30"),
            ("de 20 à 30", "20..30"),
        ],
    );
    check(
        "es",
        &[("al menos 28", "28.."), ("unos 28", "~28"), ("hasta 28", "..28"), ("entre 20 y 30", "20..30")],
    );
    let far = format!("at least {}", "x ".repeat(100));
    check("en", &[(&format!("{far}|28"), "28")]);
}

#[test]
fn where_the_number_stands() {
    for (lang, text, number) in [
        ("en", "at least 1.5 million people", "1.5 million"),
        ("en", "killed €3m–€5m there", "€3m–€5m"),
        ("en", "between 20 and 30 people", "20 and 30"),
        ("en", "twenty-eight people", "twenty-eight"),
        ("en", "12 per cent", "12"),
        ("en", "-5 degrees", "-5"),
        ("de", "rund zwei Millionen Menschen", "zwei Millionen"),
    ] {
        let span = read("", text, lang).map(|figure| &text[figure.span]);
        assert_eq!(span, Some(number), "{text}");
    }
}

#[test]
fn values_of_attributes() {
    for (text, expected) in [
        ("28", "28"),
        (" 28 ", "28"),
        ("28,000", "28000"),
        ("1.5", "1.5"),
        ("-5", "-5"),
        ("-0", "0"),
        ("20..30", "20..30"),
        ("20 .. 30", "20..30"),
        ("20..", "20.."),
        ("..22", "..22"),
        ("-5..-3", "-5..-3"),
        ("12%", "12 %"),
        ("10..12%", "10..12 %"),
        ("30..20", "none"),
        ("..", "none"),
        ("", "none"),
        ("1..2..3", "none"),
        ("1e999", "none"),
        ("1e3", "none"),
        ("NaN", "none"),
        ("inf", "none"),
        ("28 people", "none"),
        ("1.500,5", "none"),
        ("seven", "none"),
        ("--5", "none"),
    ] {
        assert_eq!(show(parse_value(text)), expected, "{text}");
    }
    assert_eq!(parse_value(&"9".repeat(400)), None);
}

#[test]
fn figures_that_meet() {
    for (a, b, meet) in [
        ("28", "28", true),
        ("28", "30", false),
        ("about 28", "30", true),
        ("about 28", "40", false),
        ("20 to 30", "at least 30", true),
        ("at most 20", "at least 21", false),
        ("hundreds", "1,500", true),
        ("hundreds", "50", false),
    ] {
        let (Some(left), Some(right)) = (read("", a, "en"), read("", b, "en")) else { panic!("{a}, {b}") };
        assert_eq!((left.meets(&right), right.meets(&left)), (meet, meet), "{a} and {b}");
    }
}

#[test]
fn long_texts_take_linear_time() {
    for part in [
        "1",
        "1,",
        "1 ",
        "1.",
        "a hundred ",
        "hundred and ",
        "one-",
        "-",
        "$",
        "1-",
        "½",
        "x ",
        "hundert",
        "und",
        "bis 1 ",
        "1e",
        "12 / ",
    ] {
        let text = part.repeat(50_000);
        for lang in ["en", "de", "fr"] {
            let _ = read(&text, &text, lang);
            let _ = parse_value(&text);
        }
    }
}

fn prose() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[0-9]{1,4}",
        "[.,’' \u{a0}–-]",
        "[$€%~½+−]",
        "[a-z]{1,5} ",
        prop::sample::select(vec![
            "at least ",
            "up to ",
            "between ",
            " and ",
            " to ",
            "million ",
            "hundred ",
            "twenty",
            "-eight ",
            "a ",
            "half ",
            "dozen ",
            "hundreds ",
            "of ",
            "ein ",
            "zwei",
            "hundert",
            "und",
            "zwanzig ",
            "tausend",
            "Millionen ",
            "bis ",
            "zwischen ",
            "Mio. ",
            "m ",
            "bn",
            "thirds ",
            "٢٨",
            "万",
            "EUR ",
        ])
        .prop_map(str::to_owned),
        "\\PC",
    ];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn bounds_are_in_order_and_finite(before in prose(), text in prop_oneof![prose(), any::<String>()], lang in "en|de|fr|es-MX|de-CH|ar|") {
        for figure in [read(&before, &text, &lang), parse_value(&text)].into_iter().flatten() {
            prop_assert!(figure.low.is_some() || figure.high.is_some());
            prop_assert!(figure.low.is_none_or(f64::is_finite) && figure.high.is_none_or(f64::is_finite));
            if let (Some(low), Some(high)) = (figure.low, figure.high) {
                prop_assert!(low <= high, "{figure:?}");
            }
            prop_assert!(figure.span.start < figure.span.end);
            prop_assert!(text.get(figure.span.clone()).is_some());
            prop_assert!(figure.meets(&figure));
        }
    }

    #[test]
    fn numbers_are_read_back(number in 0_u32..2_000_000_000) {
        let figure = read("", &number.to_string(), "en");
        prop_assert_eq!(figure.and_then(|figure| figure.low), Some(f64::from(number)));
    }
}
