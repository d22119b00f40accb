//! `test` blocks.

use super::Printer;
use crate::source::Spanned;
use crate::syntax::block::is_plain_word;
use crate::syntax::keyword::Keyword;
use crate::syntax::testing::{Expect, ExpectKind, TestBlock, TestPlan, TestRegion};

impl Printer {
    pub(super) fn test(&mut self, test: &TestBlock) {
        self.keyword(Keyword::Test);
        self.raw(&format!("\"{}\"", test.name.value));
        self.raw("{");
        self.out.push('\n');
        if !test.rules.is_empty() {
            self.keyword(Keyword::Rules);
            self.words(&test.rules);
            self.out.push('\n');
        }
        if !test.regions.is_empty() {
            self.keyword(Keyword::Regions);
            self.regions(&test.regions);
            self.out.push('\n');
        }
        for plan in &test.plans {
            self.plan(plan);
        }
        for expect in &test.expects {
            self.expect(expect);
        }
        self.out.push_str("}\n");
    }

    fn regions(&mut self, regions: &[TestRegion]) {
        self.raw("{");
        for region in regions {
            self.word(&region.name);
            self.raw(":");
            self.word(&region.level);
            if !region.children.is_empty() {
                self.regions(&region.children);
            }
        }
        self.raw("}");
    }

    fn plan(&mut self, plan: &TestPlan) {
        self.keyword(Keyword::Plan);
        self.word(&plan.region);
        self.words(&plan.options);
        self.raw("{");
        self.out.push('\n');
        for entry in &plan.entries {
            self.words(&entry.head);
            self.raw(":");
            self.raw(&entry.value.value);
            self.out.push('\n');
        }
        self.out.push_str("}\n");
    }

    fn expect(&mut self, expect: &Expect) {
        self.keyword(Keyword::Expect);
        if expect.once {
            self.keyword(Keyword::Once);
        }
        match expect.kind {
            ExpectKind::Violated => (),
            ExpectKind::Undetermined => self.keyword(Keyword::Undetermined),
            ExpectKind::Nothing => self.keyword(Keyword::Nothing),
        }
        if let Some(rule) = &expect.rule {
            self.word(rule);
        }
        let because = expect.because.as_slice();
        let sections = [
            (Keyword::At, expect.at.as_slice()),
            (Keyword::With, expect.with.as_slice()),
            (Keyword::Because, because),
        ];
        for (keyword, words) in sections {
            if !words.is_empty() {
                self.keyword(keyword);
                self.words(words);
            }
        }
        self.out.push('\n');
    }

    fn words(&mut self, words: &[Spanned<String>]) {
        for word in words {
            self.word(word);
        }
    }

    fn word(&mut self, word: &Spanned<String>) {
        let text = &word.value;
        if is_plain_word(text) {
            self.raw(text);
        } else if text.contains('"') {
            self.raw(&format!("「{text}」"));
        } else {
            self.raw(&format!("\"{text}\""));
        }
    }
}
