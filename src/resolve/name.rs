//! Names: variables, parameters, tables, indicators; functions, relations and definitions.

use super::expression::plain;
use super::scope::{Resolver, Typed};
use super::typed::Code;
use super::wrong;
use crate::builtin;
use crate::quantity::Dimension;
use crate::relation::{RELATIONS, Relation, TABLES};
use crate::source::{Span, Spanned};
use crate::syntax::{Define, Expression};
use crate::value::{Kind, Value};

impl Resolver<'_> {
    pub fn name(&mut self, name: &str, span: Span) -> Option<Typed> {
        if let Some((slot, kind)) = self.slot(name) {
            let dimension = self.slot_dimension(slot);
            return Some(Typed {
                code: Code::Slot(slot),
                kind,
                dimension,
                span,
            });
        }
        if matches!(name, "true" | "false") {
            let truth = Value::Truth((name == "true").into());
            return Some(plain(Code::Constant(truth), Kind::Truth, span));
        }
        if let Some(table) = TABLES.iter().find(|table| table.name == name) {
            return Some(plain(Code::Table(table), Kind::List(&table.kind), span));
        }
        if let Some(id) = self.catalogue.find(name) {
            let code = Code::Constant(Value::Indicator(id));
            return Some(plain(code, Kind::Indicator, span));
        }
        let known: Vec<String> = self
            .slots
            .iter()
            .map(|slot| slot.name.value.clone())
            .collect();
        let known = known.iter().map(String::as_str);
        let tables = TABLES.iter().map(|table| table.name);
        let all: Vec<&str> = known.chain(tables).chain(self.catalogue.ids()).collect();
        let problem = wrong::unknown_name(name, span, &all);
        self.wrong(problem)
    }

    /// What is known before running of the dimension of a slot: that of its parameter, or of the indicator it is
    /// known to be of.
    fn slot_dimension(&self, slot: usize) -> Option<Dimension> {
        if let Some(Some(Value::Amount(amount))) = self.slots.get(slot).map(|slot| &slot.parameter)
        {
            return Some(amount.dimension.clone());
        }
        if let Some(dimension) = self.dimensions.get(&slot) {
            return Some(dimension.clone());
        }
        let indicator = *self.indicators.get(&slot)?;
        let unit = self.catalogue.get(indicator).unit;
        Some(self.catalogue.units.dimension(unit).clone())
    }

    pub fn indicator(&mut self, name: &Spanned<String>) -> Option<Typed> {
        if let Some(id) = self.catalogue.find(&name.value) {
            let code = Code::Constant(Value::Indicator(id));
            Some(plain(code, Kind::Indicator, name.span))
        } else {
            let known: Vec<&str> = self.catalogue.spellings().collect();
            let problem = wrong::unknown_indicator(name, &known);
            self.wrong(problem)
        }
    }

    pub fn call(
        &mut self,
        name: &Spanned<String>,
        arguments: &[Expression],
        span: Span,
    ) -> Option<Typed> {
        let is_named = |define: &Define| define.name.value == name.value;
        if let Some(at) = self.defines.iter().position(is_named) {
            return self.defined(at, name, arguments, span);
        }
        if let Some(relation) = RELATIONS
            .iter()
            .find(|relation| relation.name == name.value)
        {
            return self.answers(relation, name, arguments, span);
        }
        let Some(found) = builtin::ALL
            .iter()
            .find(|builtin| builtin.name == name.value)
        else {
            let mut every = self.every_define.iter();
            if let Some(later) = every.find(|define| is_named(define)) {
                let problem = super::define::defined_later(name, later.name.span);
                return self.wrong(problem);
            }
            let builtins = builtin::ALL.iter().map(|builtin| builtin.name);
            let relations = RELATIONS.iter().map(|relation| relation.name);
            let defines = self.defines.iter().map(|define| define.name.value.as_str());
            let known: Vec<&str> = builtins.chain(relations).chain(defines).collect();
            let problem = wrong::unknown_function(name, &known);
            return self.wrong(problem);
        };
        if arguments.len() != found.parameters.len() {
            let problem = wrong::argument_count(name, found.parameters.len(), arguments.len());
            return self.wrong(problem);
        }
        let typed: Vec<Option<Typed>> =
            arguments.iter().map(|part| self.expression(part)).collect();
        let typed: Vec<Typed> = typed.into_iter().collect::<Option<_>>()?;
        if let [one, other] = typed.as_slice()
            && let Some(problem) = super::operator::other_dimension(one, other)
        {
            return self.wrong(problem);
        }
        let dimension = typed.first().and_then(|first| first.dimension.clone());
        let mut codes = Vec::new();
        for (argument, kinds) in typed.into_iter().zip(found.parameters) {
            if !kinds.contains(&argument.kind) {
                let wanted = kinds.first().copied().unwrap_or(Kind::Figure);
                let problem = wrong::not_kind(&argument, wanted);
                return self.wrong(problem);
            }
            codes.push(argument.code);
        }
        let code = Code::Call(found, codes);
        Some(Typed {
            code,
            kind: found.result,
            dimension,
            span,
        })
    }

    /// What a relation answers, as a list.
    fn answers(
        &mut self,
        relation: &'static Relation,
        name: &Spanned<String>,
        arguments: &[Expression],
        span: Span,
    ) -> Option<Typed> {
        let of = self.related(relation, name, arguments)?;
        let code = Code::Answers(relation, Box::new(of));
        Some(plain(code, Kind::List(&relation.kind), span))
    }
}
