//! The rule language: text to tokens to a syntax tree, with recovery, every error with its place.

mod block;
mod clause;
mod expression;
mod file;
mod keyword;
mod lexer;
mod literal;
mod phrase;
mod print;
mod testing;
mod text;
mod token;
mod tree;
mod walk;
mod wrong;

pub use block::{closing, is_plain};
pub use file::parse;
pub use keyword::{Keyword, Spelling};
pub use lexer::tokens;
pub use literal::literal;
pub use phrase::spelled;
pub use print::print;
pub use testing::{Expect, ExpectKind, TestBlock, TestEntry, TestPlan, TestRegion};
pub use token::{Kind as TokenKind, Token};
pub use tree::{
    Aggregate, Applies, BrokenRule, Clause, ClauseKind, Define, Expression, Loop, Node, Operator,
    Part, Rule, RuleFile, Text, Undecided, When,
};
