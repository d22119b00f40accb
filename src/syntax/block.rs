//! `test` blocks: regions, plans in a compact notation, expectations. Values are the notation of plans, so a block is
//! read by characters, not by tokens.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_till, take_till1, take_while, take_while1};
use nom::character::complete::char;
use nom::combinator::{map, recognize, verify};
use nom::multi::many0;
use nom::sequence::{delimited, pair, preceded};
use nom::{IResult, Parser};

use super::keyword::{Keyword, reserved};
use super::testing::{Expect, ExpectKind, TestBlock, TestEntry, TestPlan, TestRegion};
use crate::language::Said;
use crate::problem::{Kind, Problem};
use crate::source::{SourceId, Span, Spanned};

/// How deep regions may nest: there are six levels, and a wrong one is better told as such.
const MOST_NESTED: usize = 12;

type Read<'t, T> = IResult<&'t str, T>;

/// The text that a block is read from: a place in it is what is left to read.
#[derive(Clone, Copy)]
struct Reader<'t> {
    whole: &'t str,
    source: SourceId,
}

/// Reads a block; `range` is all between its braces.
pub(super) fn block(
    text: &str,
    name: Spanned<String>,
    range: std::ops::Range<usize>,
    source: SourceId,
    problems: &mut Vec<Problem>,
) -> TestBlock {
    let whole = text.get(..range.end).unwrap_or(text);
    let reader = Reader { whole, source };
    let mut block = TestBlock {
        name,
        rules: Vec::new(),
        regions: Vec::new(),
        plans: Vec::new(),
        expects: Vec::new(),
        span: Span::new(source, range.clone()),
    };
    let mut rest = skip(whole.get(range.start..).unwrap_or(""));
    while !rest.is_empty() {
        match reader.item(rest, &mut block) {
            Ok((after, ())) => rest = skip(after),
            Err(error) => {
                let (left, error_kind) = match error {
                    nom::Err::Error(error) | nom::Err::Failure(error) => {
                        (error.input, Some(error.code))
                    }
                    nom::Err::Incomplete(_) => (rest, None),
                };
                let problem = match error_kind {
                    Some(nom::error::ErrorKind::TooLarge) => too_deep(reader.line(left)),
                    _ => unreadable(reader.line(left)),
                };
                problems.push(problem);
                let passed = left.find('\n').unwrap_or(left.len());
                rest = skip(left.get(passed..).unwrap_or(""));
            }
        }
    }
    block
}

fn unreadable(span: Span) -> Problem {
    let message = Said::new(
        "测试里这一行读不懂",
        "this line of a test is not understood",
    );
    let label = Said::new("从这里起", "from here on");
    let help = Said::new(
        "可用：rules 规则名；regions { 甲市: prefecture { 乙县: county } }；plan 甲市 { 指标: 基期 -> 目标 }；expect 规则名 at 地区 指标；expect nothing",
        "write `rules id`, `regions { 甲市: prefecture { 乙县: county } }`, `plan 甲市 { indicator: baseline -> target }`, `expect id at region indicator` or `expect nothing`",
    );
    Problem::new(Kind::RuleSyntax, span, message, label).help(help)
}

fn too_deep(span: Span) -> Problem {
    let message = Said::new("区划嵌套太深", "regions are nested too deep");
    let label = Said::new("从这里起", "from here on");
    let help = Said::new(
        "最多六级：国家、省、地、县、乡、村",
        "there are six levels, from the nation to the village",
    );
    Problem::new(Kind::RuleSyntax, span, message, label).help(help)
}

impl<'t> Reader<'t> {
    /// item := rules | regions | plan | expect
    fn item(self, input: &'t str, block: &mut TestBlock) -> Read<'t, ()> {
        let (rest, first) = word(input)?;
        match Keyword::of(first) {
            Some(Keyword::Rules) => {
                let (rest, rules) = many0(preceded(blanks, |i| self.word(i))).parse(rest)?;
                block.rules.extend(rules);
                Ok((rest, ()))
            }
            Some(Keyword::Regions) => {
                let (rest, regions) = self.regions(skip(rest), 1)?;
                block.regions.extend(regions);
                Ok((rest, ()))
            }
            Some(Keyword::Plan) => {
                let (rest, plan) = self.plan(skip(rest))?;
                block.plans.push(plan);
                Ok((rest, ()))
            }
            Some(Keyword::Expect) => {
                let (rest, expect) = self.expect(input, rest)?;
                block.expects.push(expect);
                Ok((rest, ()))
            }
            _ => fail(input),
        }
    }

    /// regions := '{' (word ':' word regions?)* '}'
    fn regions(self, input: &'t str, depth: usize) -> Read<'t, Vec<TestRegion>> {
        if depth > MOST_NESTED {
            return Err(nom::Err::Failure(nom::error::Error::new(
                input,
                nom::error::ErrorKind::TooLarge,
            )));
        }
        let (rest, _) = char('{').parse(input)?;
        let (rest, regions) = many0(|i| self.region(skip(i), depth)).parse(rest)?;
        let (rest, _) = char('}').parse(skip(rest))?;
        Ok((rest, regions))
    }

    fn region(self, input: &'t str, depth: usize) -> Read<'t, TestRegion> {
        let (rest, name) = self.word(input)?;
        let (rest, _) = char(':').parse(skip(rest))?;
        let (rest, level) = self.word(skip(rest))?;
        let level = reserved(level, Keyword::is_level);
        let inner = skip(rest);
        let (rest, children) = if inner.starts_with('{') {
            self.regions(inner, depth + 1)?
        } else {
            (rest, Vec::new())
        };
        let region = TestRegion {
            name,
            level,
            children,
        };
        Ok((rest, region))
    }

    /// plan := 'plan' word word* '{' entry* '}'
    fn plan(self, input: &'t str) -> Read<'t, TestPlan> {
        let (rest, region) = self.word(input)?;
        let (rest, options) = many0(|i| self.word(skip(i))).parse(rest)?;
        let (rest, _) = char('{').parse(skip(rest))?;
        let (rest, entries) = many0(|i| self.entry(skip(i))).parse(rest)?;
        let (rest, _) = char('}').parse(skip(rest))?;
        let plan = TestPlan {
            region,
            options: options
                .into_iter()
                .map(|word| reserved(word, Keyword::is_option))
                .collect(),
            entries,
        };
        Ok((rest, plan))
    }

    /// entry := word+ ':' value
    fn entry(self, input: &'t str) -> Read<'t, TestEntry> {
        let (rest, first) = self.word(input)?;
        let (rest, more) = many0(preceded(blanks, |i| self.word(i))).parse(rest)?;
        let (rest, _) = pair(blanks, char(':')).parse(rest)?;
        let (rest, _) = blanks(rest)?;
        let (rest, value) = self.value(rest);
        let mut head = vec![reserved(first, Keyword::is_section)];
        let more = more.into_iter();
        head.extend(more.map(|word| reserved(word, Keyword::is_detail)));
        Ok((rest, TestEntry { head, value }))
    }

    /// value := all up to ';', '}', the line's end or ' //'; what stands in quotes counts as it is
    fn value(self, input: &'t str) -> (&'t str, Spanned<String>) {
        let mut quoted = false;
        let ends = |(at, character): &(usize, char)| {
            match character {
                '"' => quoted = !quoted,
                '\n' => return true,
                ';' | '}' if !quoted => return true,
                '/' if !quoted => {
                    let before = input.get(..*at).unwrap_or("");
                    let after = input.get(*at..).unwrap_or("");
                    let spaced = before.is_empty() || before.ends_with(char::is_whitespace);
                    return spaced && after.starts_with("//");
                }
                _ => (),
            }
            false
        };
        let end = input
            .char_indices()
            .find(ends)
            .map_or(input.len(), |(at, _)| at);
        let (text, rest) = input.split_at(end);
        let trimmed = text.trim_end();
        let span = self.span(input, trimmed.len());
        (rest, Spanned::new(trimmed.to_owned(), span))
    }

    /// expect := 'expect' ('nothing' | 'once'? 'undetermined'? id) ('at' word word? word?)? ('with' text+)? ('because' text)?
    fn expect(self, start: &'t str, input: &'t str) -> Read<'t, Expect> {
        let (mut rest, words) = many0(preceded(blanks, |i| self.word(i))).parse(input)?;
        if let Some(after) = rest.strip_prefix(',') {
            rest = after;
        }
        let mut words = words.into_iter().peekable();
        let is = |word: Option<&Spanned<String>>, keyword: Keyword| {
            word.is_some_and(|word| Keyword::of(&word.value) == Some(keyword))
        };
        let once = is(words.peek(), Keyword::Once);
        if once {
            words.next();
        }
        let kind = if is(words.peek(), Keyword::Nothing) {
            ExpectKind::Nothing
        } else if is(words.peek(), Keyword::Undetermined) {
            ExpectKind::Undetermined
        } else {
            ExpectKind::Violated
        };
        if kind != ExpectKind::Violated {
            words.next();
        }
        let rule = (kind != ExpectKind::Nothing)
            .then(|| words.next())
            .flatten();
        if kind != ExpectKind::Nothing && rule.is_none() {
            return fail(start);
        }
        let mut expect = Expect {
            once,
            kind,
            rule,
            at: Vec::new(),
            with: Vec::new(),
            because: None,
            span: self.line(start),
        };
        let mut section = None;
        for word in words {
            match (Keyword::of(&word.value), section) {
                (Some(found @ (Keyword::At | Keyword::With | Keyword::Because)), _) => {
                    section = Some(found);
                }
                (_, Some(Keyword::At)) => expect.at.push(word),
                (_, Some(Keyword::With)) => expect.with.push(word),
                (_, Some(Keyword::Because)) => expect.because = Some(word),
                _ => return fail(start),
            }
        }
        Ok((rest, expect))
    }

    fn word(self, input: &'t str) -> Read<'t, Spanned<String>> {
        let quoted = |open, close| {
            let inside = take_till(move |c| c == close || c == '\n');
            delimited(char(open), inside, char(close))
        };
        let (rest, text) = alt((quoted('"', '"'), quoted('「', '」'), word)).parse(input)?;
        let length = input.len() - rest.len();
        Ok((
            rest,
            Spanned::new(text.to_owned(), self.span(input, length)),
        ))
    }

    fn span(self, input: &'t str, length: usize) -> Span {
        let start = self.whole.len() - input.len();
        Span::new(self.source, start..start + length)
    }

    /// What is left of a line.
    fn line(self, input: &'t str) -> Span {
        let length = input.find('\n').unwrap_or(input.len());
        let text = input.get(..length).unwrap_or("").trim_end();
        self.span(input, text.len().max(1))
    }
}

/// A run of characters without a space or a mark of the block.
fn word(input: &str) -> Read<'_, &str> {
    verify(take_while1(is_plain), |word: &str| !word.starts_with("//")).parse(input)
}

/// Whether a character may stand in a word without quotes.
#[must_use]
pub fn is_plain(character: char) -> bool {
    !character.is_whitespace() && !"{}:;,\"「」".contains(character)
}

/// Whether a word needs no quotes.
pub(super) fn is_plain_word(text: &str) -> bool {
    word(text).is_ok_and(|(rest, _)| rest.is_empty())
}

/// Spaces within a line, and commas between words.
fn blanks(input: &str) -> Read<'_, &str> {
    let space = |c: char| c == ' ' || c == '\t' || c == ',' || c == '\u{3000}';
    take_while(space).parse(input)
}

/// What is left behind white space, semicolons and comments.
fn skip(input: &str) -> &str {
    let space = recognize(take_while1(|c: char| c.is_whitespace() || c == ';'));
    let comment = recognize(pair(tag("//"), take_till(|c| c == '\n')));
    let mut both = map(many0(alt((space, comment))), |_: Vec<&str>| ());
    let read: Read<'_, ()> = both.parse(input);
    read.map_or(input, |(rest, ())| rest)
}

fn fail<T>(input: &str) -> Read<'_, T> {
    let error = nom::error::Error::new(input, nom::error::ErrorKind::Tag);
    Err(nom::Err::Error(error))
}

/// Where the block that opens at the start of `text` ends: its own closing brace; `None` where there is none.
#[must_use]
pub fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_u32;
    let mut rest = text;
    loop {
        let next = rest.find(['{', '}', '"', '/'])?;
        let (_, from) = rest.split_at(next);
        let after = match from.as_bytes().first() {
            Some(b'"') => {
                let line: Result<(&str, &str), nom::Err<nom::error::Error<&str>>> =
                    preceded(char('"'), take_till1(|c| c == '"' || c == '\n')).parse(from);
                let end = line.map_or(1, |(rest, _)| from.len() - rest.len());
                let closes = from.get(end..).is_some_and(|rest| rest.starts_with('"'));
                end + usize::from(closes)
            }
            Some(b'/') if from.starts_with("//") => from.find('\n').unwrap_or(from.len()),
            Some(b'{') => {
                depth += 1;
                1
            }
            Some(b'}') if depth == 1 => return Some(text.len() - from.len()),
            Some(b'}') => {
                depth = depth.saturating_sub(1);
                1
            }
            _ => 1,
        };
        rest = from.get(after..)?;
    }
}
