//! The text of one block while it is read: characters with their style, and in the end the same as
//! a tree. Called by [`super::build`].
//!
//! White space is brought into one form here, so that a text that was written and read again stays
//! as it is: one space between words, at most two breaks in a row, none of either at the ends of a
//! block. Space between two styles has what both have in common.

use std::rc::Rc;

use super::blocks::Inline;
use super::is_unwanted;

/// How a character is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Style {
    pub(super) strong: bool,
    pub(super) emphasis: bool,
    pub(super) deleted: bool,
    pub(super) link: Option<Rc<str>>,
}

impl Style {
    /// What two styles have in common.
    fn and(&self, other: &Self) -> Self {
        Self {
            strong: self.strong && other.strong,
            emphasis: self.emphasis && other.emphasis,
            deleted: self.deleted && other.deleted,
            link: self.link.clone().filter(|_| self.link == other.link),
        }
    }

    /// How many characters its tags have at most.
    fn cost(&self) -> usize {
        let link = self.link.as_deref().map_or(0, |target| {
            "<a href=\"\"></a>".len() + target.chars().map(cost).sum::<usize>()
        });
        let strong = usize::from(self.strong) * "<strong></strong>".len();
        let emphasis = usize::from(self.emphasis) * "<em></em>".len();
        let deleted = usize::from(self.deleted) * "<del></del>".len();
        link + strong + emphasis + deleted
    }
}

/// How many characters HTML needs for one.
fn cost(c: char) -> usize {
    match c {
        '&' => "&amp;".len(),
        '<' | '>' | '\n' => "<br>".len(),
        '"' | '\u{a0}' => "&quot;".len(),
        _ => 1,
    }
}

/// Characters of one style; `\n` is a line break.
#[derive(Debug)]
struct Span {
    text: String,
    style: Style,
}

/// A line being read; “line” as in “inline”: it may hold line breaks.
#[derive(Debug, Default)]
pub(super) struct Line {
    spans: Vec<Span>,
    /// White space since the last visible character.
    pending: String,
}

impl Line {
    /// Adds a character. Takes what its HTML may cost from `budget`; false when that is used up and
    /// the character was left out.
    pub(super) fn push(&mut self, c: char, style: &Style, budget: &mut usize) -> bool {
        match c {
            '\u{a0}' => self.space('\u{a0}'),
            c if c.is_whitespace() || matches!(c, '\u{2028}' | '\u{2029}') => self.space(' '),
            c if is_unwanted(c) => {}
            c => return self.visible(c, style, budget),
        }
        true
    }

    /// Whether nothing visible came since a line break.
    pub(super) fn ends_with_break(&self) -> bool {
        self.pending.contains('\n')
    }

    /// Adds a line break.
    pub(super) fn push_break(&mut self) {
        if !self.spans.is_empty() && self.pending != "\n\n" {
            if !self.pending.starts_with('\n') {
                self.pending.clear();
            }
            self.pending.push('\n');
        }
    }

    /// Adds a space, unless there is one, or a break, or nothing yet.
    fn space(&mut self, space: char) {
        let needless = self.spans.is_empty()
            || self.pending.ends_with('\n')
            || space == ' ' && self.pending.ends_with(' ');
        if !needless {
            self.pending.push(space);
        }
    }

    fn visible(&mut self, c: char, style: &Style, budget: &mut usize) -> bool {
        let between = match self.spans.last() {
            Some(last) if last.style != *style => last.style.and(style),
            _ => style.clone(),
        };
        let pending = std::mem::take(&mut self.pending);
        let fits = pending
            .chars()
            .all(|space| self.add(space, &between, budget));
        fits && self.add(c, style, budget)
    }

    fn add(&mut self, c: char, style: &Style, budget: &mut usize) -> bool {
        let same = self.spans.last().is_some_and(|last| last.style == *style);
        let price = cost(c) + if same { 0 } else { style.cost() };
        let Some(left) = budget.checked_sub(price) else {
            *budget = 0;
            return false;
        };
        *budget = left;
        match self.spans.last_mut() {
            Some(last) if same => last.text.push(c),
            _ => self.spans.push(Span {
                text: c.into(),
                style: style.clone(),
            }),
        }
        true
    }

    /// What was read, as a tree; empty where there is no visible character.
    pub(super) fn finish(mut self) -> Vec<Inline> {
        // A line that was cut may end with white space.
        while let Some(last) = self.spans.last_mut() {
            last.text.truncate(last.text.trim_end().len());
            if !last.text.is_empty() {
                break;
            }
            self.spans.pop();
        }
        let mut content = Vec::new();
        nest(&self.spans, &Style::default(), &mut content);
        content
    }
}

/// Writes spans as a tree, inside elements that give them what `around` has. At each span the
/// style with the longest run becomes the next element.
fn nest(mut spans: &[Span], around: &Style, into: &mut Vec<Inline>) {
    while let Some(first) = spans.first() {
        let run = |is_given: bool, has: &dyn Fn(&Style) -> bool| {
            let more = spans.iter().take_while(|span| has(&span.style));
            if is_given { 0 } else { more.count() }
        };
        let link = first.style.link.as_ref().filter(|_| around.link.is_none());
        let links = run(link.is_none(), &|style| style.link == first.style.link);
        let strong = run(around.strong, &|style| style.strong);
        let emphasis = run(around.emphasis, &|style| style.emphasis);
        let deleted = run(around.deleted, &|style| style.deleted);
        let longest = links.max(strong).max(emphasis).max(deleted);
        if longest == 0 {
            push_text(&first.text, into);
            spans = &spans[1..];
            continue;
        }
        let (inside, after) = spans.split_at(longest);
        spans = after;
        let mut style = around.clone();
        let element = match link {
            Some(target) if links == longest => {
                style.link = Some(Rc::clone(target));
                let target = target.as_ref().to_owned();
                let content = nested(inside, &style);
                into.push(Inline::Link { target, content });
                continue;
            }
            _ if strong == longest => {
                style.strong = true;
                Inline::Strong
            }
            _ if emphasis == longest => {
                style.emphasis = true;
                Inline::Emphasis
            }
            _ => {
                style.deleted = true;
                Inline::Deleted
            }
        };
        into.push(element(nested(inside, &style)));
    }
}

fn nested(spans: &[Span], around: &Style) -> Vec<Inline> {
    let mut content = Vec::new();
    nest(spans, around, &mut content);
    content
}

fn push_text(text: &str, into: &mut Vec<Inline>) {
    for (index, part) in text.split('\n').enumerate() {
        if index > 0 {
            into.push(Inline::Break);
        }
        if !part.is_empty() {
            into.push(Inline::Text(part.to_owned()));
        }
    }
}
