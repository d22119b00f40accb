//! What a loop runs over: a table, a relation, a list.

use super::scope::Resolver;
use super::typed::{Code, Source};
use super::wrong;
use crate::relation::{RELATIONS, Relation, TABLES};
use crate::source::Spanned;
use crate::syntax::{Expression, Node};
use crate::value::Kind;

impl Resolver<'_> {
    pub fn source(&mut self, source: &Expression) -> Option<(Source, Kind)> {
        match &source.node {
            Node::Name(name) if self.slot(name).is_none() => {
                let table = TABLES.iter().find(|table| table.name == name);
                if let Some(table) = table {
                    return Some((Source::Table(table), table.kind));
                }
                let tables = TABLES.iter().map(|table| table.name);
                let known: Vec<&str> = tables
                    .chain(RELATIONS.iter().map(|relation| relation.name))
                    .collect();
                let name = Spanned::new(name.clone(), source.span);
                let problem = wrong::unknown_source(&name, &known);
                self.wrong(problem)
            }
            Node::Call(name, arguments) => {
                let Some(relation) = RELATIONS.iter().find(|known| known.name == name.value) else {
                    return self.list(source);
                };
                let of = self.related(relation, name, arguments)?;
                Some((Source::Relation(relation, of), relation.kind))
            }
            _ => self.list(source),
        }
    }

    /// What a relation is asked of.
    pub fn related(
        &mut self,
        relation: &'static Relation,
        name: &Spanned<String>,
        arguments: &[Expression],
    ) -> Option<Code> {
        let [argument] = arguments else {
            let problem = wrong::argument_count(name, 1, arguments.len());
            return self.wrong(problem);
        };
        let of = self.expression(argument)?;
        if of.kind == relation.of {
            return Some(of.code);
        }
        let problem = wrong::not_kind(&of, relation.of);
        self.wrong(problem)
    }

    fn list(&mut self, source: &Expression) -> Option<(Source, Kind)> {
        let typed = self.expression(source)?;
        if let Kind::List(of) = typed.kind {
            Some((Source::List(typed.code), *of))
        } else {
            let problem = wrong::no_source(&typed);
            self.wrong(problem)
        }
    }
}
