//! Definitions: `define shortfall(a, b) = …`, resolved anew at each use for the kinds of its arguments.

use super::scope::{Resolver, Typed};
use super::typed::Code;
use super::wrong;
use crate::source::{Span, Spanned};
use crate::syntax::Expression;

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
