//! Generated rule files: print and parse are each other's inverse, over every construct of the tree.

use planlint::language::Language;
use planlint::problem::Severity;
use planlint::source::{SourceId, Sources, Span, Spanned};
use planlint::syntax::{
    Aggregate, Applies, Clause, ClauseKind, Define, Expect, ExpectKind, Expression, Loop, Node,
    Operator, Part, Rule, RuleFile, TestBlock, TestEntry, TestPlan, TestRegion, Text, Undecided,
    When, parse, print,
};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_printed_tree_is_parsed_to_the_same_tree(Generated(file) in file().prop_map(Generated)) {
        for language in [Language::Chinese, Language::English] {
            let text = print(&file, language);
            let (read, problems) = parse(&text, source());
            prop_assert!(problems.is_empty(), "{:?}\n{}", problems, text);
            prop_assert_eq!(shape(&read), shape(&file), "{}", text);
        }
    }
}

/// A tree that a failure shows as its text.
pub(crate) struct Generated(pub RuleFile);

impl std::fmt::Debug for Generated {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&print(&self.0, Language::English))
    }
}

/// A tree without its places.
fn shape(file: &RuleFile) -> String {
    let shown = format!("{file:?}");
    let mut parts = shown.split("Span { source");
    let first = parts.next().unwrap_or("").to_owned();
    parts.fold(first, |shape, part| {
        shape + part.split_once('}').map_or("", |(_, rest)| rest)
    })
}

fn source() -> SourceId {
    Sources::default().add("generated.rule", "")
}

fn here() -> Span {
    Span::new(source(), 0..0)
}

fn spanned<T>(value: T) -> Spanned<T> {
    Spanned::new(value, here())
}

pub(crate) fn file() -> impl Strategy<Value = RuleFile> {
    (vec(rule(), 0..3), vec(define(), 0..3), vec(test(), 0..2)).prop_map(
        |(rules, defines, tests)| RuleFile {
            rules,
            defines,
            tests,
            broken: Vec::new(),
        },
    )
}

fn define() -> impl Strategy<Value = Define> {
    (name(), vec(name(), 0..3), expression()).prop_map(|(name, parameters, body)| Define {
        name,
        parameters,
        body,
        span: here(),
    })
}

fn rule() -> impl Strategy<Value = Rule> {
    let doc = vec(
        select(vec!["", "一句话。", "---", "two  words"]).prop_map(str::to_owned),
        0..3,
    );
    let id = select(vec!["a/b", "align/weaker-than-superior", "类/名"]);
    (doc, id, vec(clause(), 0..8)).prop_map(|(doc, id, clauses)| Rule {
        doc,
        id: spanned(id.to_owned()),
        clauses: sensible(clauses),
        span: here(),
    })
}

/// Without a `where` right behind a `for` that has none: the grammar gives it to the `for`.
fn sensible(clauses: Vec<Clause>) -> Vec<Clause> {
    let mut kept: Vec<Clause> = Vec::new();
    for clause in clauses {
        let takes =
            |kind: &ClauseKind| matches!(kind, ClauseKind::For(one) if one.filter.is_none());
        let filters = matches!(clause.kind, ClauseKind::Where(_));
        if !(filters && kept.last().is_some_and(|last| takes(&last.kind))) {
            kept.push(clause);
        }
    }
    kept
}

fn clause() -> impl Strategy<Value = Clause> {
    let words = || vec(name(), 1..3);
    let levels = vec(select(vec!["county", "prefecture", "什么"]), 1..3).prop_map(|words| {
        words
            .iter()
            .map(|word| spanned((*word).to_owned()))
            .collect()
    });
    let when = prop_oneof![
        Just(When::Always),
        Just(When::Otherwise),
        expression().prop_map(When::True),
    ];
    let undecided = prop_oneof![
        Just(Undecided::Ignored),
        severity().prop_map(Undecided::Raised)
    ];
    let applies = prop_oneof![
        levels.prop_map(Applies::Level),
        words().prop_map(Applies::Field),
        (number(), number()).prop_map(|(from, to)| Applies::Period(from, to)),
    ];
    let kind = prop_oneof![
        (severity(), when).prop_map(|(severity, when)| ClauseKind::Severity(severity, when)),
        words().prop_map(ClauseKind::Tags),
        vec(text(expression().boxed()), 1..3).prop_map(ClauseKind::Cite),
        one_loop(expression().boxed()).prop_map(ClauseKind::For),
        (name(), expression()).prop_map(|(name, value)| ClauseKind::Let(name, value)),
        (name(), expression()).prop_map(|(name, value)| ClauseKind::Param(name, value)),
        expression().prop_map(ClauseKind::Where),
        expression().prop_map(ClauseKind::Require),
        expression().prop_map(ClauseKind::Unless),
        undecided.prop_map(ClauseKind::Undetermined),
        applies.prop_map(ClauseKind::Applies),
        said(ClauseKind::Title),
        said(ClauseKind::Message),
        said(ClauseKind::Help),
        (expression(), language(), text(expression().boxed()))
            .prop_map(|(of, language, text)| ClauseKind::Label(of, language, text)),
    ];
    kind.prop_map(|kind| Clause { kind, span: here() })
}

fn said(make: fn(Language, Text) -> ClauseKind) -> impl Strategy<Value = ClauseKind> {
    (language(), text(expression().boxed())).prop_map(move |(language, text)| make(language, text))
}

fn language() -> impl Strategy<Value = Language> {
    select(vec![Language::Chinese, Language::English])
}

fn severity() -> impl Strategy<Value = Severity> {
    select(vec![Severity::Error, Severity::Warning, Severity::Note])
}

/// Names as variables and fields have them, some in brackets, some that are words of the language elsewhere.
fn name() -> impl Strategy<Value = Spanned<String>> {
    let names = vec![
        "t",
        "s",
        "上级",
        "note",
        "count",
        "level",
        "sum",
        "5岁以下儿童死亡率",
        "执业（助理）医师",
        "a b",
    ];
    select(names).prop_map(|name| spanned(name.to_owned()))
}

fn number() -> impl Strategy<Value = Expression> {
    let digits = select(vec!["0", "95", "0.50", "2025"]);
    let unit = select(vec!["", "%", "/10万", "岁", "人/千人口"]);
    (digits, unit)
        .prop_map(|(digits, unit)| plain(Node::Number(digits.to_owned(), unit.to_owned())))
}

fn plain(node: Node) -> Expression {
    Expression { node, span: here() }
}

fn text(inner: BoxedStrategy<Expression>) -> impl Strategy<Value = Text> {
    let words = vec![
        "上级",
        " ",
        "{",
        "}",
        "\"",
        "\\",
        "\n",
        "//",
        "a {b} c",
        "“引”",
    ];
    let part = prop_oneof![
        select(words).prop_map(|word| Part::Plain(word.to_owned())),
        inner.prop_map(Part::Hole),
    ];
    vec(part, 0..4).prop_map(|parts| Text {
        parts: joined(parts),
        span: here(),
    })
}

/// Neighbouring plain parts are one.
fn joined(parts: Vec<Part>) -> Vec<Part> {
    let mut kept: Vec<Part> = Vec::new();
    for part in parts {
        match (kept.last_mut(), part) {
            (Some(Part::Plain(before)), Part::Plain(more)) => before.push_str(&more),
            (_, part) => kept.push(part),
        }
    }
    kept
}

fn one_loop(inner: BoxedStrategy<Expression>) -> impl Strategy<Value = Loop> {
    (name(), inner.clone(), of(inner)).prop_map(|(variable, source, filter)| Loop {
        variable,
        source,
        filter,
    })
}

fn operator() -> impl Strategy<Value = Spanned<Operator>> {
    use Operator::*;
    select(vec![
        Implies, Equal, Unequal, Below, AtMost, Above, AtLeast, NoWeaker, Weaker, Within, In,
        AgreesWith, StartsWith, Contains, SubsetOf, Union, Except, Intersect, Plus, Minus, Times,
        Over,
    ])
    .prop_map(spanned)
}

fn aggregate() -> impl Strategy<Value = Spanned<Aggregate>> {
    use Aggregate::*;
    select(vec![Sum, Count, Min, Max, Mean, Any, Every]).prop_map(spanned)
}

fn expression() -> impl Strategy<Value = Expression> {
    let names = select(vec!["t", "targets", "note", "sum", "层", "目标"]);
    let leaf = prop_oneof![
        number(),
        names.prop_map(|name| plain(Node::Name(name.to_owned()))),
        select(vec!["5岁以下儿童死亡率", "t"])
            .prop_map(|name| plain(Node::Quoted(name.to_owned()))),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let boxed = || inner.clone().prop_map(Box::new);
        let several = || vec(inner.clone(), 2..4);
        prop_oneof![
            text(inner.clone().boxed()).prop_map(Node::Text),
            (boxed(), name()).prop_map(|(of, field)| Node::Field(of, field)),
            (called(), vec(inner.clone(), 0..3))
                .prop_map(|(name, arguments)| Node::Call(name, arguments)),
            boxed().prop_map(Node::Not),
            boxed().prop_map(Node::Negative),
            several().prop_map(Node::All),
            several().prop_map(Node::Any),
            (boxed(), operator(), boxed())
                .prop_map(|(left, operator, right)| Node::Binary(left, operator, right)),
            (boxed(), any::<bool>(), any::<bool>(), asked()).prop_map(|(of, at, negated, what)| {
                Node::Is {
                    of,
                    at,
                    negated,
                    what,
                }
            }),
            (boxed(), boxed(), boxed()).prop_map(|(a, b, c)| Node::If(a, b, c)),
            (
                aggregate(),
                boxed(),
                of(boxed()),
                vec(one_loop(inner.clone().boxed()), 1..3)
            )
                .prop_map(|(aggregate, value, weight, loops)| Node::Aggregate {
                    aggregate,
                    value,
                    weight,
                    loops,
                }),
            (boxed(), boxed()).prop_map(|(low, high)| Node::Range(low, high)),
        ]
        .prop_map(plain)
    })
}

/// Functions: those of aggregates are aggregates.
fn called() -> impl Strategy<Value = Spanned<String>> {
    select(vec!["superiors", "gap", "上级值"]).prop_map(|name| spanned(name.to_owned()))
}

fn asked() -> impl Strategy<Value = Spanned<String>> {
    let words = vec![
        "binding",
        "county",
        "issued",
        "life_expectancy",
        "预期寿命（岁）",
    ];
    select(words).prop_map(|word| spanned(word.to_owned()))
}

fn test() -> impl Strategy<Value = TestBlock> {
    let words = || vec(word(), 0..3);
    let expect = (
        (
            any::<bool>(),
            select(vec![
                ExpectKind::Violated,
                ExpectKind::Undetermined,
                ExpectKind::Nothing,
            ]),
        ),
        word(),
        words(),
        words(),
        of(word()),
    )
        .prop_map(|((once, kind), rule, at, with, because)| Expect {
            once: once && kind != ExpectKind::Nothing,
            kind,
            rule: (kind != ExpectKind::Nothing).then_some(rule),
            at,
            with,
            because,
            span: here(),
        });
    (words(), regions(), vec(plan(), 0..3), vec(expect, 0..4)).prop_map(
        |(rules, regions, plans, expects)| TestBlock {
            name: spanned("一个测试".to_owned()),
            rules,
            regions,
            plans,
            expects,
            span: here(),
        },
    )
}

fn regions() -> impl Strategy<Value = Vec<TestRegion>> {
    let one = |children: Vec<TestRegion>, name, level: &str| TestRegion {
        name,
        level: spanned(level.to_owned()),
        children,
    };
    let leaf = word().prop_map(move |name| one(Vec::new(), name, "county"));
    let region = leaf.prop_recursive(3, 8, 2, move |inner| {
        (vec(inner, 0..3), word()).prop_map(move |(children, name)| one(children, name, "province"))
    });
    vec(region, 0..3)
}

fn plan() -> impl Strategy<Value = TestPlan> {
    let value = select(vec![
        "",
        "71 -> ≥73",
        "71 @2020 -> ≥73 @2023 & ≥74",
        "\"a;b}\" -> 1:2",
    ]);
    let entry = (vec(word(), 1..4), value).prop_map(|(head, value)| TestEntry {
        head,
        value: spanned(value.to_owned()),
    });
    (word(), vec(word(), 0..3), vec(entry, 0..3)).prop_map(|(region, options, entries)| TestPlan {
        region,
        options,
        entries,
    })
}

fn word() -> impl Strategy<Value = Spanned<String>> {
    let words = vec![
        "乙县",
        "life_expectancy",
        "2021..2025",
        "a b",
        "align/weaker",
        "draft",
        "市（县）;",
    ];
    select(words).prop_map(|word| spanned(word.to_owned()))
}
