//! What is read as a conversion, and what is not.

use super::conversions;

fn wrong(text: &str, lang: &str) -> Vec<(String, String, Option<String>)> {
    let all = conversions(text, lang);
    let wrong = all.iter().filter(|conversion| !conversion.agrees());
    wrong
        .map(|one| {
            (
                text[one.first.span.clone()].to_owned(),
                text[one.second.span.clone()].to_owned(),
                one.converted(true),
            )
        })
        .collect()
}

fn count(text: &str, lang: &str) -> usize {
    conversions(text, lang).len()
}

#[test]
fn conversions_that_are_right_agree() {
    for text in [
        "It is 88 kilometres (55 miles) away, or 88km (55mi).",
        "100 km (60 miles), 100 km (62 miles), 100 kilometers (about 65 miles)",
        "a 5-foot (1.5-metre) wall, 6 feet tall (1.8 m), half a mile (800 m), ½ mile (800 m)",
        "20°C (68°F), 20 C (68 F), −5 °C (23 °F), minus 40 degrees Celsius (-40 degrees Fahrenheit)",
        "a rise of 1.5°C (2.7°F); 1.5 million hectares (3.7 million acres), 10-15 km (6-9 miles)",
        "10 to 15 kilometres (6 to 9 miles), 5 tonnes (11,000 lbs), 5 tons (4.5 tonnes), 5 tons (5.1 tonnes)",
        "10 gallons (38 litres), 10 gallons (45 litres), 70kg (11 stone), 200 lb. (91 kg)",
        "30 sq km (12 sq miles), 1,000 square metres (10,764 square feet), 50 mph (80 km/h)",
        "five kilometres (three miles), twelve miles (19 km), 48 km (26 nautical miles)",
        "88 kilometres, or 55 miles, and 88 kilometres, or about 55 miles.",
        "a man of 5 ft 11 in (1.80 m), 5ft 11in (1.80m), 5'11\" (1.80 m), 5’11” (180 cm), 5-foot-11-inch (1.80 m)",
        "a man of 1.80 m (5 ft 11 in), 1.80 m (5'11\"), 12 stone 3 pounds (78 kg), 7 lb 3 oz (3.3 kg)",
        "a mile and a half (2.4 km), half a mile (800 m), two miles and a half (4 km), one mile and a half (2.4 km)",
        "a quarter of a million acres (100,000 hectares), half a million acres (200,000 hectares)",
        "three quarters of a mile (1.2 km), half a million hectares (1.2 million acres)",
        "a peak of 8,849 metres (29,032 feet); 3.50 m (11.5 ft)",
    ] {
        assert_eq!(wrong(text, "en"), [], "{text}");
        assert!(count(text, "en") >= 2, "{text}");
    }
    assert_eq!(wrong("88 Kilometer (55 Meilen), 1,5 Meter (4,9 Fuß), 1.500 Meter (4.900 Fuß)", "de-AT"), []);
    assert_eq!(count("88 Kilometer (55 Meilen), 1,5 Meter (4,9 Fuß), 1.500 Meter (4.900 Fuß)", "de-AT"), 3);
}

#[test]
fn conversions_that_are_wrong_do_not() {
    let of = |first: &str, second: &str, right: &str| {
        (first.to_owned(), second.to_owned(), Some(right.to_owned()).filter(|right| !right.is_empty()))
    };
    assert_eq!(wrong("88 kilometres (35 miles)", "en"), [of("88 kilometres", "35 miles", "55")]);
    assert_eq!(wrong("88 kilometres long (about 35 miles)", "en"), [of("88 kilometres", "35 miles", "55")]);
    assert_eq!(wrong("a 5-foot (2.5-metre) wall", "en"), [of("5-foot", "2.5-metre", "1.5")]);
    assert_eq!(wrong("20°C (86°F)", "en"), [of("20°C", "86°F", "68")]);
    assert_eq!(wrong("minus 5 C (32 F)", "en"), [of("minus 5 C", "32 F", "23")]);
    assert_eq!(
        wrong("1.5 million hectares (600,000 acres)", "en"),
        [of("1.5 million hectares", "600,000 acres", "3,700,000")]
    );
    assert_eq!(wrong("10-15 km (16-24 miles)", "en"), [of("10-15 km", "16-24 miles", "")]);
    assert_eq!(wrong("12 gallons (20 litres)", "en"), [of("12 gallons", "20 litres", "")]);
    assert_eq!(wrong("88 km, or 45 miles, away", "en"), [of("88 km", "45 miles", "55")]);
    assert_eq!(wrong("5 ft 11 in (1.60 m)", "en"), [of("5 ft 11 in", "1.60 m", "1.8")]);
    assert_eq!(wrong("5'11\" (1.60 m)", "en"), [of("5'11\"", "1.60 m", "1.8")]);
    assert_eq!(wrong("1.60 m (5 ft 11 in)", "en"), [of("1.60 m", "5 ft 11 in", "")]);
    assert_eq!(wrong("half a mile (1.6 km)", "en"), [of("half a mile", "1.6 km", "0.80")]);
    assert_eq!(wrong("a mile and a half (1.6 km)", "en"), [of("a mile and a half", "1.6 km", "2.4")]);
    assert_eq!(
        wrong("a quarter of a million acres (250,000 hectares)", "en"),
        [of("a quarter of a million acres", "250,000 hectares", "100,000")]
    );
    assert_eq!(wrong("12.500 Meter (4.100 Fuß)", "de"), [of("12.500 Meter", "4.100 Fuß", "41.000")]);
    assert_eq!(wrong("1,2 Kilometer (7 Meilen)", "de"), [of("1,2 Kilometer", "7 Meilen", "0,7")]);
}

#[test]
fn what_may_be_something_else_is_not_read() {
    for text in [
        "6 feet 2 inches (188 cm), 12 stone 3 pounds (78 kg), 7lb 3oz (3.3kg)",
        "between 5 and 10 kilometres (3 miles), 3 by 5 metres (16 feet), 10 x 20 m (33 ft)",
        "a 10-kilometre run, or 3 miles, and 10 kilometres or 3 miles",
        "$5m (16 feet), 5 kilometres (see 3 miles below), 88 kilometres (35 miles from the coast)",
        "20 people per square kilometre (35 per square mile), 88 kilometres (35)",
        "88 kilometres (35 minutes), 88 kilometres (35 kilometres), the 88 (35 miles)",
        "68 degrees (20 C), 88 miles (35 nautical miles), B-52 km (3 miles)",
        "4 by 4 kilometres (2.5 by 2.5 miles), 5 litres per 100 km (47 mpg)",
    ] {
        assert_eq!(wrong(text, "en"), [], "{text}");
    }
    assert_eq!(count("88 kilomètres (35 miles)", "fr"), 0);
}

#[test]
fn nonsense_does_not_panic() {
    for text in [
        "(",
        "1 km (",
        "1 km ()",
        "1e999 km (1 mile)",
        "½ km (½ mile)",
        "٢٨ km (٣ miles)",
        "−0 km (0 miles)",
        "0 km (5 miles)",
        "km (mi)",
        "ß (ß)",
        "° (°)",
        "5 km2 (3 sq mi)",
        "999999999999999999999999 km (1 mile)",
        ", or ",
        "5 km, or ",
        "é km, or 5 miles.",
    ] {
        for conversion in conversions(text, "en").iter().chain(&conversions(text, "de")) {
            let _ = (conversion.agrees(), conversion.converted(true), conversion.converted(false));
        }
    }
}
