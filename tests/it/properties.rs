//! What must hold of every input.

use planlint::bound::{Better, Bound, Compact, Edge, Order, Truth, compare, no_weaker};
use planlint::check::{File, Options, Repository, check};
use planlint::language::Language;
use planlint::notation::{
    Amount, Change, Figure, Form, Keep, Measure, Multiple, Reading, Rounded, Shape, Side, Trend,
    read,
};
use planlint::quantity::{Number, UnitUse, Units};
use planlint::render::Style;
use planlint::ruletest;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::cases::filter;
use crate::notation::units;
use crate::real::repository;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_reading_printed_and_read_again_is_the_same(reading in reading(&units())) {
        let units = units();
        let printed = reading.print(&units);
        let again = read(&printed, &units);
        prop_assert_eq!(again, Ok(reading), "{}", printed);
    }

    #[test]
    fn no_text_makes_the_notation_panic(text in "[0-9.,%‰≥≤<>:/—～万亿人岁以上下内每年降低提高个百分点左右约近 “”稳定保持?]{0,16}|\\PC{0,12}") {
        let _ = read(&text, &units());
    }

    #[test]
    fn an_error_of_the_notation_lies_in_its_text(text in "\\PC{1,12}") {
        if let Err(error) = read(&text, &units()) {
            prop_assert!(text.get(error.span.clone()).is_some_and(|part| !part.is_empty()), "{:?}", error);
        }
    }

    #[test]
    fn no_weaker_is_reflexive_where_it_can_tell(bound in bound(), better in better()) {
        let truth = no_weaker(&bound, &bound, better);
        prop_assert_ne!(&truth, &Truth::False);
        let edge = match better {
            Better::Higher => bound.low,
            Better::Lower => bound.high,
            Better::Neither => None,
        };
        if edge.is_some() && bound.is_exact() {
            prop_assert_eq!(truth, Truth::True);
        }
    }

    #[test]
    fn compact_bounds_say_what_exact_ones_say(a in bound(), b in bound(), better in better()) {
        let quick = Compact::of(&a).zip(Compact::of(&b)).and_then(|(a, b)| a.no_weaker(&b, better));
        match (quick, no_weaker(&a, &b, better)) {
            (Some(quick), exact) => prop_assert_eq!(Truth::from(quick), exact),
            (None, exact) => prop_assert!(
                matches!(exact, Truth::Unknown(_))
                    || better == Better::Neither
                    || Compact::of(&a).is_none()
                    || Compact::of(&b).is_none()
            ),
        }
    }

    #[test]
    fn compact_bounds_compare_as_exact_ones_do(a in bound(), b in bound()) {
        let (Some(x), Some(y)) = (Compact::of(&a), Compact::of(&b)) else {
            return Ok(());
        };
        for order in [Order::Equal, Order::Unequal, Order::Below, Order::AtMost, Order::Above, Order::AtLeast] {
            for (x, y, a, b) in [(x, y, a, b), (x, x, a, a)] {
                let exact = compare(&a, order, &b);
                match x.compare(order, &y) {
                    Some(quick) => prop_assert_eq!(Truth::from(quick), exact),
                    None => prop_assert!(matches!(exact, Truth::Unknown(_))),
                }
            }
        }
        if let Some(sum) = x.plus(&y) {
            prop_assert_eq!(Some(sum), a.plus(&b).and_then(|sum| Compact::of(&sum)));
        }
        if let Some(difference) = x.minus(&y) {
            prop_assert_eq!(Some(difference), a.plus(&b.negated()).and_then(|sum| Compact::of(&sum)));
        }
    }

    #[test]
    fn no_weaker_is_transitive(a in bound(), b in bound(), c in bound(), better in better()) {
        let (ab, bc) = (no_weaker(&a, &b, better), no_weaker(&b, &c, better));
        if ab == Truth::True && bc == Truth::True {
            prop_assert_eq!(no_weaker(&a, &c, better), Truth::True);
        }
    }

    #[test]
    fn a_number_keeps_its_digits(whole in -999_999_999_i64..999_999_999, places in 0_u32..6) {
        let number = Number::integer(whole).times(Number::power_of_ten(-i32::try_from(places).unwrap()));
        let number = number.unwrap();
        let text = number.to_places(places);
        prop_assert_eq!(Number::parse(&text), Some(number), "{}", text);
    }

    /// Long numbers are worked out by division, short ones without: what is worked out both ways is the same.
    #[test]
    fn arithmetic_is_exact_for_short_numbers_and_long_ones(x in fraction(), y in fraction(), z in fraction()) {
        let (sum, difference, product) = (x.plus(y).unwrap(), x.minus(y).unwrap(), x.times(y).unwrap());
        prop_assert_eq!(sum.minus(y), Some(x));
        prop_assert_eq!(x < y, difference.is_negative());
        prop_assert_eq!(x == y, difference == Number::ZERO);
        prop_assert_eq!(x.times(y.plus(z).unwrap()), product.plus(x.times(z).unwrap()));
        if y != Number::ZERO {
            prop_assert_eq!(product.over(y), Some(x));
        }
        // The same by numbers too long to be short: scaled up, compared, scaled down.
        let long = |number: Number| number.times(Number::integer(i64::MAX)).unwrap();
        prop_assert_eq!(long(x).cmp(&long(y)), x.cmp(&y));
        prop_assert_eq!(long(x).plus(long(y)), Some(long(sum)));
    }
}

fn fraction() -> impl Strategy<Value = Number> {
    (-99_999_i64..99_999, 1_i64..999)
        .prop_map(|(a, b)| Number::integer(a).over(Number::integer(b)).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_edit_of_a_file_makes_the_check_panic(edits in vec(edit(), 1..4)) {
        let mut repository = repository();
        for edit in &edits {
            edit.apply(&mut repository);
        }
        let outcome = check(repository, &Options::default());
        let counts = outcome.report.summary;
        prop_assert_eq!(counts.checks, counts.holds + counts.violated + counts.undetermined);
        for format in planlint::render::ALL {
            let view = planlint::render::View::default();
            let (report, sources) = (&outcome.report, &outcome.sources);
            (format.render)(report, &outcome, sources, &view, &mut Vec::new()).unwrap();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_edit_of_a_rule_file_makes_its_tests_panic(edits in vec(edit(), 1..4)) {
        let rules = repository().rules;
        let mut edited = Repository { rules, ..Repository::default() };
        for edit in &edits {
            edit.apply(&mut edited);
        }
        let whole = Repository { rules: edited.rules, ..repository() };
        let suite = ruletest::run(&whole, &filter("align/"), Language::English);
        let _ = ruletest::report(&suite, Style::default());
    }
}

#[test]
fn regions_nested_without_end_are_an_error() {
    let deep = "甲: county { ".repeat(100_000);
    let text = format!("test \"deep\" {{ regions {{ {deep}");
    let rules = vec![File {
        path: "rules/deep.rule".to_owned(),
        bytes: Ok(text.into_bytes()),
    }];
    let outcome = check(
        Repository {
            rules,
            ..repository()
        },
        &Options::default(),
    );
    assert!(outcome.report.summary.input_errors > 0);
}

/// Some bytes at some place of some file replaced by others.
#[derive(Debug, Clone)]
struct Edit {
    file: Index,
    place: Index,
    removed: usize,
    added: Vec<u8>,
}

impl Edit {
    fn apply(&self, repository: &mut Repository) {
        let plans = repository.plans.iter_mut().chain(&mut repository.rules);
        let mut files: Vec<&mut File> = plans
            .chain(&mut repository.catalogue)
            .chain(&mut repository.regions)
            .collect();
        let at = self.file.index(files.len());
        let bytes = files[at].bytes.as_mut().unwrap();
        let start = self.place.index(bytes.len().max(1)).min(bytes.len());
        let end = (start + self.removed).min(bytes.len());
        bytes.splice(start..end, self.added.iter().copied());
    }
}

fn edit() -> impl Strategy<Value = Edit> {
    let bytes = vec(any::<u8>(), 0..4);
    let marks = select(vec![
        "\"", "{", "}", "[", "]", "(", ")", "=", ",", "\n", "“", "，", "rule ", "for ", "where ",
        "..", "≥", "-", "1:", "万",
    ]);
    let added = prop_oneof![bytes, marks.prop_map(|mark| mark.as_bytes().to_vec())];
    (any::<Index>(), any::<Index>(), 0_usize..12, added).prop_map(
        |(file, place, removed, added)| Edit {
            file,
            place,
            removed,
            added,
        },
    )
}

fn better() -> impl Strategy<Value = Better> {
    select(vec![Better::Higher, Better::Lower, Better::Neither])
}

fn bound() -> impl Strategy<Value = Bound> {
    let number = (0_i64..40).prop_map(Number::integer);
    let edge = (number, any::<bool>()).prop_map(|(value, closed)| Edge { value, closed });
    let blur = select(vec![Number::ZERO, Number::ONE]);
    (
        proptest::option::of(edge.clone()),
        proptest::option::of(edge),
        blur,
    )
        .prop_map(|(low, high, blur)| {
            let swapped = matches!((low, high), (Some(low), Some(high)) if low.value > high.value);
            let (low, high) = if swapped { (high, low) } else { (low, high) };
            Bound { low, high, blur }
        })
}

fn reading(units: &Units) -> impl Strategy<Value = Reading> {
    let unit = proptest::option::of(select(uses(units)));
    let value = (amount(), unit.clone()).prop_map(|(amount, unit)| {
        // A ratio has no unit of its own.
        let unit = unit.filter(|_| !matches!(amount.shape, Shape::Ratio(..)));
        Reading {
            form: Form::Value(amount),
            unit,
        }
    });
    let words = select(vec![
        Form::NotGiven,
        Form::Lost,
        Form::Full,
        Form::Keep(Keep::Stable),
        Form::Keep(Keep::NotLower),
        Form::Keep(Keep::NotHigher),
        Form::Trend(Trend::Up),
        Form::Trend(Trend::Down),
        Form::Wording("同比例提高".to_owned()),
    ]);
    prop_oneof![
        value,
        words.prop_map(|form| Reading { form, unit: None }),
        change(unit),
    ]
}

/// The units that no word of the notation begins with.
fn uses(units: &Units) -> Vec<UnitUse> {
    [
        "%",
        "‰",
        "/10万",
        "岁",
        "张",
        "元",
        "人/千人口",
        "DDD/百人天",
    ]
    .map(|name| units.find(name).unwrap())
    .to_vec()
}

fn change(unit: impl Strategy<Value = Option<UnitUse>>) -> impl Strategy<Value = Reading> {
    let measure = select(vec![
        Measure::Absolute,
        Measure::Points,
        Measure::PerMille,
        Measure::Relative,
        Measure::Times,
    ]);
    let since = proptest::option::of(1990..2040);
    let plain = (any::<bool>(), amount(), measure, any::<bool>(), since, unit);
    plain
        .prop_map(|(up, by, measure, yearly, since, unit)| {
            // A bare % behind a change counts per cent of the baseline, so it is no unit there.
            let unit = unit.filter(|_| measure == Measure::Absolute);
            let by = Amount {
                shape: no_ratio(by.shape),
                ..by
            };
            Reading {
                form: Form::Change(Change {
                    up,
                    by,
                    measure,
                    yearly,
                    since,
                }),
                unit,
            }
        })
        .prop_filter("% would be read as a measure", |reading| {
            reading.unit.is_none_or(|unit| units().name(unit) != "%")
        })
}

fn no_ratio(shape: Shape) -> Shape {
    match shape {
        Shape::Ratio(first, _) => Shape::Number(first),
        other => other,
    }
}

fn amount() -> impl Strategy<Value = Amount> {
    let side = (any::<bool>(), any::<bool>()).prop_map(|(up, closed)| Side { up, closed });
    let rounded = select(vec![None, Some(Rounded::About), Some(Rounded::Nearly)]);
    let shape = prop_oneof![
        figure().prop_map(Shape::Number),
        (side, figure()).prop_map(|(side, figure)| Shape::Ray(side, figure)),
        (figure(), figure()).prop_map(|(a, b)| range(a, b)),
        (1_i64..9, figure()).prop_map(|(a, b)| Shape::Ratio(Figure::new(Number::integer(a), 0), b)),
    ];
    (shape, rounded).prop_map(|(shape, rounded)| Amount { shape, rounded })
}

/// Both figures of a range carry one multiple: 5-6万 gives it to the first as well.
fn range(a: Figure, b: Figure) -> Shape {
    let b = Figure {
        multiple: a.multiple,
        ..b
    };
    if a.value() <= b.value() {
        Shape::Range(a, b)
    } else {
        Shape::Range(b, a)
    }
}

fn figure() -> impl Strategy<Value = Figure> {
    (0_i64..1_000_000, 0_u32..4, select(vec![0, 4, 8])).prop_map(|(digits, places, multiple)| {
        let scale = Number::power_of_ten(-i32::try_from(places).unwrap());
        Figure {
            number: Number::integer(digits).times(scale).unwrap(),
            places,
            multiple: Multiple(multiple),
        }
    })
}
