//! The units that news converts, and how they are written.

use crate::text::for_language;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// What a unit measures: only what measures the same can be converted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dimension {
    /// In metres.
    Length,
    /// In square metres.
    Area,
    /// In litres.
    Volume,
    /// In kilograms.
    Mass,
    /// In kilometres an hour.
    Speed,
    /// In degrees Celsius.
    Temperature,
}

use Dimension::{Area, Length, Mass, Speed, Temperature, Volume};

/// A unit.
#[derive(Debug)]
pub(super) struct Unit {
    pub(super) dimension: Dimension,
    /// Whether it is of the metric system: what is converted goes from one system to the
    /// other.
    pub(super) metric: bool,
    /// How much one is in the dimension's own unit; of several, any may be meant: a gallon
    /// is one thing in London and another in Boston.
    pub(super) factors: &'static [f64],
    /// What zero of it is, in the dimension's own unit: of temperatures.
    pub(super) zero: f64,
    /// In small letters, in English and German.
    names: [&'static [&'static str]; 2],
    /// As they are written in any language.
    signs: &'static [&'static str],
}

/// Which language's names, of those in [`Unit::names`]; `None` where none are known.
pub(super) fn language(lang: &str) -> Option<usize> {
    for_language(lang, &[("en", 0), ("de", 1)])
}

const fn unit(
    dimension: Dimension,
    metric: bool,
    factors: &'static [f64],
    names: [&'static [&'static str]; 2],
    signs: &'static [&'static str],
) -> Unit {
    Unit { dimension, metric, factors, zero: 0.0, names, signs }
}

/// Exact where the unit is defined by the metric one: the mile is 1,609.344 m, the pound
/// 0.45359237 kg, the US gallon 231 cubic inches, the imperial one 4.54609 litres.
static UNITS: &[Unit] = &[
    unit(
        Length,
        true,
        &[1000.0],
        [&["kilometres", "kilometre", "kilometers", "kilometer"], &["kilometer", "kilometern"]],
        &["km", "kms"],
    ),
    unit(Length, true, &[1.0], [&["metres", "metre", "meters", "meter"], &["meter", "metern"]], &["m"]),
    unit(
        Length,
        true,
        &[0.01],
        [&["centimetres", "centimetre", "centimeters", "centimeter"], &["zentimeter", "zentimetern"]],
        &["cm"],
    ),
    unit(
        Length,
        true,
        &[0.001],
        [&["millimetres", "millimetre", "millimeters", "millimeter"], &["millimeter", "millimetern"]],
        &["mm"],
    ),
    unit(Length, false, &[1609.344], [&["miles", "mile"], &["meilen", "meile"]], &["mi"]),
    unit(
        Length,
        false,
        &[1852.0],
        [&["nautical miles", "nautical mile"], &["seemeilen", "seemeile"]],
        &["nmi"],
    ),
    unit(Length, false, &[0.9144], [&["yards", "yard"], &["yards", "yard"]], &["yd", "yds"]),
    unit(Length, false, &[0.3048], [&["feet", "foot"], &["fuß", "fuss"]], &["ft"]),
    unit(Length, false, &[0.0254], [&["inches", "inch"], &["zoll"]], &["in"]),
    unit(
        Area,
        true,
        &[1e6],
        [
            &["square kilometres", "square kilometre", "square kilometers", "square kilometer", "sq km"],
            &["quadratkilometer", "quadratkilometern"],
        ],
        &["km²", "km2"],
    ),
    unit(Area, true, &[1e4], [&["hectares", "hectare"], &["hektar"]], &["ha"]),
    unit(
        Area,
        true,
        &[1.0],
        [
            &["square metres", "square metre", "square meters", "square meter", "sq m"],
            &["quadratmeter", "quadratmetern"],
        ],
        &["m²", "m2"],
    ),
    unit(
        Area,
        false,
        &[2_589_988.110_336],
        [
            &["square miles", "square mile", "sq miles", "sq mile", "sq mi"],
            &["quadratmeilen", "quadratmeile"],
        ],
        &[],
    ),
    unit(Area, false, &[4_046.856_422_4], [&["acres", "acre"], &["acres", "acre"]], &[]),
    unit(
        Area,
        false,
        &[0.092_903_04],
        [&["square feet", "square foot", "sq feet", "sq ft"], &["quadratfuß", "quadratfuss"]],
        &["ft²"],
    ),
    unit(Volume, true, &[1.0], [&["litres", "litre", "liters", "liter"], &["liter", "litern"]], &["l", "L"]),
    unit(
        Volume,
        false,
        &[3.785_411_784, 4.546_09],
        [&["gallons", "gallon"], &["gallonen", "gallone"]],
        &["gal"],
    ),
    unit(
        Volume,
        false,
        &[3.785_411_784],
        [&["us gallons", "us gallon"], &["us-gallonen", "us-gallone"]],
        &[],
    ),
    unit(
        Volume,
        false,
        &[4.546_09],
        [&["imperial gallons", "imperial gallon", "uk gallons"], &["imperiale gallonen"]],
        &[],
    ),
    unit(
        Mass,
        true,
        &[1.0],
        [&["kilograms", "kilogram", "kilogrammes", "kilogramme", "kilos", "kilo"], &["kilogramm", "kilo"]],
        &["kg", "kgs"],
    ),
    unit(Mass, true, &[0.001], [&["grams", "gram", "grammes", "gramme"], &["gramm"]], &["g"]),
    unit(
        Mass,
        true,
        &[1000.0],
        [&["tonnes", "tonne", "metric tons", "metric ton", "metric tonnes"], &["tonnen", "tonne"]],
        &["t"],
    ),
    // A German pound is half a kilogram, unless it is an English one.
    unit(Mass, false, &[0.453_592_37, 0.5], [&[], &["pfund"]], &[]),
    unit(Mass, false, &[0.453_592_37], [&["pounds", "pound"], &[]], &["lb", "lbs"]),
    unit(Mass, false, &[0.028_349_523_125], [&["ounces", "ounce"], &["unzen", "unze"]], &["oz"]),
    unit(Mass, false, &[6.350_293_18], [&["stone"], &[]], &[]),
    // Short, long, or what others call a tonne.
    unit(Mass, false, &[907.184_74, 1_016.046_908_8, 1000.0], [&["tons", "ton"], &["tons"]], &[]),
    unit(
        Mass,
        false,
        &[907.184_74],
        [&["short tons", "short ton", "us tons", "us ton"], &["short tons", "us-tonnen"]],
        &[],
    ),
    unit(Mass, false, &[1_016.046_908_8], [&["long tons", "long ton", "imperial tons"], &["long tons"]], &[]),
    unit(
        Speed,
        true,
        &[1.0],
        [
            &["kilometres per hour", "kilometers per hour", "kilometres an hour", "kilometers an hour"],
            &["kilometer pro stunde", "stundenkilometer", "kilometern pro stunde", "stundenkilometern"],
        ],
        &["km/h", "kmh", "kph", "kmph"],
    ),
    unit(
        Speed,
        false,
        &[1.609_344],
        [&["miles per hour", "miles an hour"], &["meilen pro stunde"]],
        &["mph"],
    ),
    unit(Speed, false, &[1.852], [&["knots", "knot"], &["knoten"]], &["kn"]),
    unit(
        Temperature,
        true,
        &[1.0],
        [
            &["degrees celsius", "degree celsius", "celsius", "degrees c", "degrees centigrade"],
            &["grad celsius", "celsius"],
        ],
        &["°C", "ºC", "° C", "C"],
    ),
    Unit {
        zero: -160.0 / 9.0,
        ..unit(
            Temperature,
            false,
            &[5.0 / 9.0],
            [
                &["degrees fahrenheit", "degree fahrenheit", "fahrenheit", "degrees f"],
                &["grad fahrenheit", "fahrenheit"],
            ],
            &["°F", "ºF", "° F", "F"],
        )
    },
];

/// The unit that the sign `"` behind a number stands for.
pub(super) fn inch() -> Option<&'static Unit> {
    by_sign("in")
}

/// The unit that the sign `'` behind a number stands for.
pub(super) fn foot() -> Option<&'static Unit> {
    by_sign("ft")
}

fn by_sign(sign: &str) -> Option<&'static Unit> {
    UNITS.iter().find(|unit| unit.signs.contains(&sign))
}

/// A way to write a unit.
type Form = (&'static str, bool, &'static Unit);

/// The forms of a language by their last word in small letters, the longest first.
static FORMS: LazyLock<[FxHashMap<String, Vec<Form>>; 2]> = LazyLock::new(|| {
    [0, 1].map(|language| {
        let mut forms: FxHashMap<String, Vec<Form>> = FxHashMap::default();
        for unit in UNITS {
            let names = unit.names[language].iter().map(|name| (*name, false, unit));
            for form in names.chain(unit.signs.iter().map(|sign| (*sign, true, unit))) {
                forms.entry(last_word(form.0)).or_default().push(form);
            }
        }
        forms.values_mut().for_each(|forms| forms.sort_by_key(|(form, ..)| std::cmp::Reverse(form.len())));
        forms
    })
});

/// The last word, in small letters; nothing of one that is no word for a unit, for sure.
fn last_word(text: &str) -> String {
    const LONGEST: usize = 24;
    let rest = text.trim_end_matches(|c: char| c.is_alphabetic() || matches!(c, '²' | '2' | '°' | 'º'));
    let word = &text[rest.len()..];
    if word.len() > LONGEST { String::new() } else { word.to_lowercase() }
}

/// The unit that `text` ends in, and where it begins.
pub(super) fn at_end(text: &str, language: usize) -> Option<(usize, &'static Unit)> {
    // "ft."
    let (text, has_stop) = text.strip_suffix('.').map_or((text, false), |text| (text, true));
    // The sign may be glued to its number: `30km2` ends in no word but in `km2`.
    let forms = FORMS.get(language)?.get(&last_word(text))?;
    forms.iter().find_map(|(form, is_sign, unit)| {
        let start = text.len().checked_sub(form.len())?;
        let written = text.get(start..)?;
        let is_it = if *is_sign { written == *form } else { !has_stop && written.to_lowercase() == *form };
        let is_apart = !text[..start].ends_with(char::is_alphabetic);
        (is_it && is_apart).then_some((start, *unit))
    })
}
