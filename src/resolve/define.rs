//! Definitions: `define shortfall(a, b) = …`, resolved anew at each use for the kinds of its arguments.

use super::scope::{Resolver, Typed};
use super::typed::Code;
use super::wrong::{self, here};
use crate::builtin;
use crate::language::Said;
use crate::problem::{Kind as ProblemKind, Problem};
use crate::relation::{RELATIONS, TABLES};
use crate::source::{Span, Spanned};
use crate::syntax::{Define, Expression};

/// How often definitions may be used in one rule, each use within another counted.
const MOST_EXPANDED: usize = 500;

/// What is wrong with the definitions of a file themselves.
pub(super) fn faults(defines: &[Define]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (at, define) in defines.iter().enumerate() {
        let name = &define.name;
        let same = |other: &&Define| other.name.value == name.value;
        if let Some(earlier) = defines.iter().take(at).find(same) {
            problems.push(defined_twice(name, earlier.name.span));
        }
        let builtin = builtin::ALL.iter().map(|builtin| builtin.name);
        let relations = RELATIONS.iter().map(|relation| relation.name);
        let tables = TABLES.iter().map(|table| table.name);
        if builtin
            .chain(relations)
            .chain(tables)
            .any(|known| known == name.value)
        {
            problems.push(taken_by_language(name));
        }
        for (number, parameter) in define.parameters.iter().enumerate() {
            let earlier = define.parameters.iter().take(number);
            let same = earlier.clone().find(|other| other.value == parameter.value);
            problems.extend(same.map(|first| wrong::bound_twice(parameter, first.span)));
        }
    }
    problems
}

impl Resolver<'_> {
    /// A call of a definition, by its place among them.
    pub fn defined(
        &mut self,
        at: usize,
        name: &Spanned<String>,
        arguments: &[Expression],
        span: Span,
    ) -> Option<Typed> {
        let all = self.defines;
        let define = all.get(at)?;
        if define.parameters.len() != arguments.len() {
            let problem = wrong::argument_count(name, define.parameters.len(), arguments.len());
            return self.wrong(problem);
        }
        if self.used_defines.len() >= MOST_EXPANDED {
            // Told once: every further use would say the same.
            let told = self.used_defines.len() > MOST_EXPANDED;
            self.used_defines.push(at);
            return if told {
                None
            } else {
                self.wrong(too_many_definitions(span))
            };
        }
        self.used_defines.push(at);
        let arguments: Vec<Option<Typed>> = arguments
            .iter()
            .map(|argument| self.expression(argument))
            .collect();
        let arguments = arguments.into_iter().collect::<Option<Vec<Typed>>>()?;
        // Only what stands before may be used: definitions cannot call themselves, and every check ends.
        self.defines = all.get(..at).unwrap_or(&[]);
        let first = self.slots.len();
        let mut parts = Vec::new();
        for (parameter, argument) in define.parameters.iter().zip(arguments) {
            let slot = self.bind_fresh(parameter, argument.kind);
            self.mark_used(slot);
            if let Some(dimension) = argument.dimension {
                self.dimensions.insert(slot, dimension);
            }
            parts.push((slot, argument.code));
        }
        let body = self.expression(&define.body);
        self.hide_from(first);
        self.defines = all;
        body.map(|body| Typed {
            code: Code::With(parts, Box::new(body.code)),
            span,
            ..body
        })
    }
}

fn defined_twice(name: &Spanned<String>, first: Span) -> Problem {
    let message = Said::new(
        format!("定义 {} 重复", name.value),
        format!("`{}` is defined twice", name.value),
    );
    here(ProblemKind::RuleDuplicateId, name.span, message)
        .also(first, Said::new("先前在这里", "first here"))
}

fn taken_by_language(name: &Spanned<String>) -> Problem {
    let message = Said::new(
        format!("{} 是语言里的表、关系或函数，不能另作定义", name.value),
        format!(
            "`{}` is a table, relation or function of the language",
            name.value
        ),
    );
    here(ProblemKind::RuleDuplicateId, name.span, message)
        .help(Said::new("改用另一个名称", "use another name"))
}

pub(super) fn defined_later(name: &Spanned<String>, later: Span) -> Problem {
    let message = Said::new(
        format!("{} 只能用在它的定义之后，也不能用在它自己里面", name.value),
        format!(
            "`{}` can be used only behind its definition, and not within it",
            name.value
        ),
    );
    here(ProblemKind::RuleUnknownName, name.span, message)
        .also(later, Said::new("定义在这里", "defined here"))
}

fn too_many_definitions(span: Span) -> Problem {
    let message = Said::new(
        "定义套定义，展开之后太长",
        "definitions within definitions: too long once they are written out",
    );
    here(ProblemKind::RuleType, span, message).help(Said::new(
        "把重复的部分写成 let，只算一次",
        "give what repeats a name by `let`: it is worked out once",
    ))
}

pub(super) fn unused_definition(name: &Spanned<String>) -> Problem {
    wrong::unused(name).help(Said::new(
        "删去它，或在本文件的规则里用上它；没有用到的定义不作检查",
        "remove it, or use it in a rule of this file: what is not used is not checked",
    ))
}
