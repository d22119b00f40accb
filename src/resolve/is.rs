//! `x is word`: a test, a level, a status or an indicator.

use super::expression::same;
use super::scope::{Resolver, Typed};
use super::typed::Code;
use super::wrong;
use crate::relation::{TESTS, column};
use crate::source::Spanned;
use crate::syntax::Expression;
use crate::value::{Kind, vocabulary};

impl Resolver<'_> {
    /// `x is word`: a test, a level, a status or an indicator.
    pub fn is(&mut self, of: &Expression, at: bool, what: &Spanned<String>) -> Option<Code> {
        let inner = self.expression(of)?;
        if at {
            return self.is_at(inner, what);
        }
        let word = what.value.as_str();
        let test = TESTS.iter().find(|test| test.word == word);
        if let Some(test) = test {
            if !test.of.contains(&inner.kind) {
                let problem = wrong::test_of_other(test, &inner, what.span);
                return self.wrong(problem);
            }
            return Some(Code::Test(Box::new(inner.code), test));
        }
        let vocabulary = match inner.kind {
            Kind::Region => Some((&vocabulary::LEVEL, "level")),
            Kind::Plan => Some((&vocabulary::STATUS, "status")),
            _ => None,
        };
        if let Some((words, name)) = vocabulary
            && let Some(word) = words.words.iter().find(|known| **known == word)
        {
            let of = column(inner.kind, name)?;
            return Some(same(Code::Column(Box::new(inner.code), of), word));
        }
        if inner.kind == Kind::Indicator {
            let indicator = self.catalogue.find(word);
            if let Some(indicator) = indicator {
                return Some(Code::IsIndicator(Box::new(inner.code), indicator));
            }
            let known: Vec<&str> = self.catalogue.spellings().collect();
            let problem = wrong::unknown_indicator(what, &known);
            return self.wrong(problem);
        }
        let tests = TESTS.iter().filter(|test| test.of.contains(&inner.kind));
        let words = vocabulary
            .map_or(&[][..], |(words, _)| words.words)
            .iter()
            .copied();
        let known: Vec<&str> = tests.map(|test| test.word).chain(words).collect();
        let problem = wrong::unknown_word(what, &inner, &known);
        self.wrong(problem)
    }

    /// `x is at county`: the level of its region.
    fn is_at(&mut self, inner: Typed, what: &Spanned<String>) -> Option<Code> {
        let region = match inner.kind {
            Kind::Region => inner.code,
            Kind::Figure | Kind::Row => {
                let plan = column(inner.kind, "plan")?;
                let plan = Code::Column(Box::new(inner.code), plan);
                Code::Column(Box::new(plan), column(Kind::Plan, "region")?)
            }
            Kind::Plan => Code::Column(Box::new(inner.code), column(Kind::Plan, "region")?),
            _ => {
                let problem = wrong::not_kind(&inner, Kind::Region);
                return self.wrong(problem);
            }
        };
        let words = vocabulary::LEVEL.words;
        let level = crate::region::Level::parse(&what.value);
        let Some(level) = level else {
            let problem = wrong::no_word(what, &vocabulary::LEVEL);
            return self.wrong(problem);
        };
        let word = words.iter().find(|word| **word == level.word())?;
        let of = column(Kind::Region, "level")?;
        Some(same(Code::Column(Box::new(region), of), word))
    }
}
