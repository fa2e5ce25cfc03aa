//! From blocks to Markdown.
//!
//! Whether `**` begins bold text depends on its neighbours in ways that are easily got wrong. So each
//! line is read again after it was written, and written more simply where that gives something else.

use crate::domain::text::blocks::{Block, Cell, Inline, Level, Table};

/// The blocks as Markdown.
pub(super) fn markdown(blocks: &[Block]) -> String {
    let mut text = lines(blocks).join("\n");
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// The blocks, line by line, an empty line between two of them.
fn lines(blocks: &[Block]) -> Vec<String> {
    let mut lines = Vec::new();
    // Two lists in a row have different marks, so that they stay two.
    let mut other_mark = false;
    for (index, block) in blocks.iter().enumerate() {
        if index > 0 {
            lines.push(String::new());
        }
        match block {
            Block::Paragraph(content) => {
                lines.extend(inline(content).split('\n').map(str::to_owned));
            }
            Block::Heading(level, content) => {
                let mark = match level {
                    Level::Section => "## ",
                    Level::Subsection => "### ",
                };
                let text = inline(&one_line(content)).replace('\n', " ");
                // Number signs at the end would be taken for its frame.
                let text = match text.strip_suffix('#') {
                    Some(before) if !before.ends_with('\\') => format!("{before}\\#"),
                    _ => text,
                };
                lines.push(format!("{mark}{text}"));
            }
            Block::Quote(blocks) => {
                lines.extend(self::lines(blocks).iter().map(|line| format!("> {line}")));
            }
            Block::Table(table) => self::table(table, &mut lines),
            Block::List { ordered, items } => {
                let follows = matches!(index.checked_sub(1).and_then(|at| blocks.get(at)),
                    Some(Block::List { ordered: own, .. }) if own == ordered);
                other_mark = follows && !other_mark;
                list(*ordered, items, other_mark, &mut lines);
            }
        }
    }
    lines
}

/// A table; one that Markdown cannot say as a list, a line for each row.
fn table(table: &Table, into: &mut Vec<String>) {
    // A cell is one line.
    let flat = |cells: &Vec<Cell>| cells.iter().map(|cell| one_line(cell)).collect();
    let table = Table {
        head: flat(&table.head),
        rows: table.rows.iter().map(flat).collect(),
    };
    let row = |cells: &[Cell]| {
        let cells = cells.iter().map(|cell| inline(cell).replace('\n', " "));
        format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
    };
    let mut lines = vec![
        row(&table.head),
        format!("|{}", "---|".repeat(table.head.len())),
    ];
    lines.extend(table.rows.iter().map(|cells| row(cells)));
    let is_said = match super::blocks(&lines.join("\n")).as_slice() {
        [Block::Table(read)] => {
            read.rows.len() == table.rows.len() && read.head.len() == table.head.len()
        }
        _ => false,
    };
    if is_said {
        into.extend(lines);
        return;
    }
    for cells in table.labelled() {
        let cells = cells.map(|(head, cell)| match inline(head).as_str() {
            "" => inline(cell),
            head => format!("{head}: {}", inline(cell)),
        });
        let line = cells.collect::<Vec<_>>().join("; ").replace('\n', " ");
        into.push(format!("- {line}"));
    }
}

/// Whether a list can be written without empty lines.
fn is_tight(items: &[Vec<Block>]) -> bool {
    let inside = |block: &Block| match block {
        Block::List { items, .. } => is_tight(items),
        _ => true,
    };
    items.iter().all(|item| match item.as_slice() {
        [only] => inside(only),
        [Block::Paragraph(_), list @ Block::List { .. }] => inside(list),
        _ => false,
    })
}

fn list(ordered: bool, items: &[Vec<Block>], other_mark: bool, into: &mut Vec<String>) {
    let is_tight = is_tight(items);
    for (index, item) in items.iter().enumerate() {
        let mark = match (ordered, other_mark) {
            (false, false) => "- ".to_owned(),
            (false, true) => "* ".to_owned(),
            (true, false) => format!("{}. ", index + 1),
            (true, true) => format!("{}) ", index + 1),
        };
        if index > 0 && !is_tight {
            into.push(String::new());
        }
        let mut lines = lines(item);
        // A list directly below a line of text belongs to it.
        if is_tight {
            lines.retain(|line| !line.is_empty());
        }
        for (at, line) in lines.into_iter().enumerate() {
            if at == 0 {
                into.push(format!("{mark}{line}"));
            } else if line.is_empty() {
                into.push(line);
            } else {
                into.push(format!("{}{line}", " ".repeat(mark.len())));
            }
        }
    }
}

/// How much of the style of a line is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Effort {
    /// All, stressed text between these.
    Whole(char),
    /// Links only.
    Links,
    /// Words only.
    Words,
}

/// A line, or several, of a block.
fn inline(content: &[Inline]) -> String {
    let wanted = [Block::Paragraph(content.to_vec())];
    for effort in [Effort::Whole('*'), Effort::Whole('_'), Effort::Links] {
        let text = write(content, effort);
        let simpler;
        let wanted = if effort == Effort::Links {
            simpler = [Block::Paragraph(only_links(content))];
            &simpler
        } else {
            &wanted
        };
        if super::blocks(&text) == *wanted {
            return text;
        }
    }
    write(content, Effort::Words)
}

/// The same with spaces for breaks.
fn one_line(content: &[Inline]) -> Vec<Inline> {
    let mut line: Vec<Inline> = Vec::new();
    for inline in content {
        let part = match inline {
            Inline::Break => Inline::Text(" ".to_owned()),
            Inline::Text(text) => Inline::Text(text.clone()),
            Inline::Strong(content) => Inline::Strong(one_line(content)),
            Inline::Emphasis(content) => Inline::Emphasis(one_line(content)),
            Inline::Deleted(content) => Inline::Deleted(one_line(content)),
            Inline::Link { target, content } => Inline::Link {
                target: target.clone(),
                content: one_line(content),
            },
        };
        match (line.last_mut(), part) {
            (Some(Inline::Text(text)), Inline::Text(more)) if text.ends_with(' ') => {
                text.push_str(more.trim_start_matches(' '));
            }
            (Some(Inline::Text(text)), Inline::Text(more)) => text.push_str(&more),
            (_, part) => line.push(part),
        }
    }
    line
}

/// The same without bold, stressed and struck text.
fn only_links(content: &[Inline]) -> Vec<Inline> {
    let mut flat: Vec<Inline> = Vec::new();
    for inline in content {
        let parts = match inline {
            Inline::Strong(content) | Inline::Emphasis(content) | Inline::Deleted(content) => {
                only_links(content)
            }
            Inline::Link { target, content } => vec![Inline::Link {
                target: target.clone(),
                content: only_links(content),
            }],
            other => vec![other.clone()],
        };
        for part in parts {
            match (flat.last_mut(), part) {
                (Some(Inline::Text(text)), Inline::Text(more)) => text.push_str(&more),
                (
                    Some(Inline::Link { target, content }),
                    Inline::Link {
                        target: same,
                        content: more,
                    },
                ) if *target == same => {
                    content.extend(more);
                    *content = only_links(content);
                }
                (_, part) => flat.push(part),
            }
        }
    }
    flat
}

fn write(content: &[Inline], effort: Effort) -> String {
    let mut text = String::new();
    push(content, effort, &mut text);
    text
}

fn push(content: &[Inline], effort: Effort, into: &mut String) {
    for inline in content {
        match (inline, effort) {
            (Inline::Text(text), _) => escape(text, into),
            // An empty line would end the paragraph.
            (Inline::Break, _) if into.is_empty() || into.ends_with('\n') => into.push_str("\\\n"),
            (Inline::Break, _) => into.push('\n'),
            (Inline::Strong(content), Effort::Whole(_)) => {
                into.push_str("**");
                push(content, effort, into);
                into.push_str("**");
            }
            (Inline::Emphasis(content), Effort::Whole(mark)) => {
                into.push(mark);
                push(content, effort, into);
                into.push(mark);
            }
            (Inline::Deleted(content), Effort::Whole(_)) => {
                into.push_str("~~");
                push(content, effort, into);
                into.push_str("~~");
            }
            (Inline::Link { target, content }, Effort::Whole(_) | Effort::Links) => {
                link(target, content, effort, into);
            }
            (
                Inline::Strong(content)
                | Inline::Emphasis(content)
                | Inline::Deleted(content)
                | Inline::Link { content, .. },
                _,
            ) => push(content, effort, into),
        }
    }
}

fn link(target: &str, content: &[Inline], effort: Effort, into: &mut String) {
    if let [Inline::Text(text)] = content
        && text == target
        && !target.contains(['<', '>', ' ', '\\', '&'])
    {
        into.extend(["<", target, ">"]);
        return;
    }
    // `![` begins a picture.
    if into.ends_with('!') {
        into.pop();
        into.push_str("\\!");
    }
    into.push('[');
    push(content, effort, into);
    into.push_str("](");
    let plain = !target.contains(['(', ')', '\\', '<', '>', '&', ' ']);
    if plain {
        into.push_str(target);
    } else {
        into.push('<');
        for c in target.chars() {
            if matches!(c, '\\' | '<' | '>' | '&') {
                into.push('\\');
            }
            into.push(c);
        }
        into.push('>');
    }
    into.push(')');
}

/// Text with a `\` before everything that Markdown would take for something else.
fn escape(text: &str, into: &mut String) {
    let chars: Vec<char> = text.chars().collect();
    for (at, c) in chars.iter().copied().enumerate() {
        let before = at
            .checked_sub(1)
            .map(|at| chars[at])
            .or_else(|| into.chars().next_back());
        let after = chars.get(at + 1).copied();
        if is_special(c, before, after) || begins_block(c, &chars[at..], into) {
            into.push('\\');
        }
        into.push(c);
    }
}

fn is_special(c: char, before: Option<char>, after: Option<char>) -> bool {
    let in_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        '\\' | '*' | '`' | '[' | ']' | '|' => true,
        '_' => !(in_word(before) && in_word(after)),
        '~' => before == Some('~') || after == Some('~'),
        '<' => after.is_none_or(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
        '&' => after.is_none_or(|c| c == '#' || c.is_ascii_alphabetic()),
        _ => false,
    }
}

/// Whether a line that goes on with `rest` would be a heading, a list or a quotation.
fn begins_block(c: char, rest: &[char], before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let digits = !line.is_empty() && line.len() <= 9 && line.bytes().all(|b| b.is_ascii_digit());
    let ends = |c: Option<&char>| c.is_none_or(|c| *c == ' ');
    if line.is_empty() {
        match c {
            '>' | '#' | '=' | '~' | ':' => true,
            '-' => rest.len() == 1 || matches!(rest[1], ' ' | '-'),
            '+' => ends(rest.get(1)),
            _ => false,
        }
    } else {
        matches!(c, '.' | ')') && digits && ends(rest.get(1))
    }
}
