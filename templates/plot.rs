//! Plots as SVG, each with its table: a curve, bars, or a curve above bars.
//!
//! Positions are percentages of the width and pixels of the height, so that the words keep their
//! size on every screen. The numbers stand in the table; the picture has one sentence as its name.

use maud::{Markup, html};

use crate::locale::Locale;

/// The height of a panel with its space for words, in pixels.
const PANEL: f64 = 150.0;
/// The height of the words above and below a panel.
const WORDS: f64 = 20.0;
/// A series of bars takes this much of its step, all together.
const BAR_SHARE: f64 = 0.7;

/// A plot and its table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlotView {
    /// Unique on its page; begins the ids of its parts.
    pub id: String,
    /// What it shows, in a sentence: the name of the picture and of the table.
    pub title: String,
    /// How to read it: what the curve and the bars are.
    pub caption: String,
    /// What a step is, the heading of the first column: “Monat”.
    pub step_name: String,
    /// From left to right.
    pub steps: Vec<Step>,
    /// Drawn as curves, in a panel of their own above the bars.
    pub curves: Vec<Series>,
    /// Drawn as bars side by side; the first is filled, the second hollow. Two at most.
    pub bars: Vec<Series>,
}

/// A step on the way from left to right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its name in the table: “November 2026”.
    pub name: String,
    /// Its name below the picture, at a few steps only: “Nov”.
    pub tick: Option<String>,
}

/// A row of numbers, one for each step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// What is counted, the heading of its column.
    pub name: String,
    /// How many at each step, none negative.
    pub values: Vec<i64>,
}

/// The plot with its caption and its table.
pub fn plot(t: Locale, view: &PlotView) -> Markup {
    let title = format!("{}-title", view.id);
    let panels = [&view.curves, &view.bars].map(|series| !series.is_empty());
    let count = panels.into_iter().filter(|is_there| *is_there).count();
    #[expect(clippy::cast_precision_loss, reason = "two panels at most")]
    let height = PANEL * count as f64 + WORDS;
    let bars_at = if panels[0] { PANEL } else { 0.0 };
    html! {
        figure class="plotted" {
            svg class="plot" width="100%" height=(px(height)) role="img" aria-labelledby=(title) {
                title id=(title) { (view.title) }
                @if panels[0] {
                    (curves(t, view))
                }
                @if panels[1] {
                    (bars(t, view, bars_at))
                }
                (ticks(view, height))
            }
            figcaption {
                p class="small muted" { (view.caption) }
                details {
                    summary { (t.say("plot-table")) }
                    (table(t, view))
                }
            }
        }
    }
}

fn curves(t: Locale, view: &PlotView) -> Markup {
    let top = top(view.curves.iter());
    let (above, below) = (WORDS, PANEL - 8.0);
    let steps = view.steps.len().max(1);
    html! {
        (grid(t, top, above, below))
        svg x="0" y=(px(above)) width="100%" height=(px(below - above)) viewBox=(format!("0 0 {} 100", steps * 10))
            preserveAspectRatio="none" {
            @for (number, series) in view.curves.iter().enumerate() {
                @let points = points(series, top);
                @if number == 0 && !series.values.is_empty() {
                    polygon class="area" points=(format!("5,100 {points} {},100", series.values.len() * 10 - 5)) {}
                }
                polyline class=(if number == 0 { "curve" } else { "curve second" }) vector-effect="non-scaling-stroke" points=(points) {}
            }
        }
        @for series in &view.curves {
            @if let Some(last) = series.values.last() {
                circle class="mark" cx=(percent(middle(series.values.len() - 1, steps))) cy=(px(height_of(*last, top, above, below))) r="4" {}
            }
        }
    }
}

/// The curve on a surface of 10 by 100 for each step.
fn points(series: &Series, top: i64) -> String {
    let points = series.values.iter().enumerate().map(|(at, value)| {
        let y = height_of(*value, top, 0.0, 100.0);
        format!("{},{}", at * 10 + 5, px(y))
    });
    points.collect::<Vec<_>>().join(" ")
}

#[expect(clippy::cast_precision_loss, reason = "a handful of series and steps")]
fn bars(t: Locale, view: &PlotView, at: f64) -> Markup {
    let top = top(view.bars.iter());
    let (above, below) = (at + WORDS, at + PANEL - 8.0);
    let step = 100.0 / view.steps.len().max(1) as f64;
    let share = step * BAR_SHARE / view.bars.len().max(1) as f64;
    html! {
        (grid(t, top, above, below))
        @for (number, series) in view.bars.iter().enumerate() {
            @for (index, value) in series.values.iter().enumerate() {
                @let y = height_of(*value, top, above, below);
                @let x = step * (index as f64 + (1.0 - BAR_SHARE) / 2.0) + share * number as f64;
                @if *value > 0 {
                    rect class=(if number == 0 { "up" } else { "down" }) x=(percent(x)) y=(px(y)) width=(percent(share * 0.88)) height=(px(below - y)) {}
                }
            }
        }
    }
}

/// Three lines with their numbers: nothing, half and all of it.
fn grid(t: Locale, top: i64, above: f64, below: f64) -> Markup {
    let lines: &[i64] = if top >= 2 {
        &[0, top / 2, top]
    } else {
        &[0, top]
    };
    html! {
        @for value in lines {
            @let y = height_of(*value, top, above, below);
            line class="grid" x1="0" x2="100%" y1=(px(y)) y2=(px(y)) {}
            text class="scale" x="0" y=(px(y - 4.0)) { (t.number(*value)) }
        }
    }
}

fn ticks(view: &PlotView, height: f64) -> Markup {
    let count = view.steps.len();
    html! {
        @for (at, step) in view.steps.iter().enumerate() {
            @if let Some(tick) = &step.tick {
                text class="tick" x=(percent(middle(at, count))) y=(px(height - 5.0)) text-anchor=(anchor(at, count)) { (tick) }
            }
        }
    }
}

/// Words at the edges stay inside.
const fn anchor(at: usize, count: usize) -> &'static str {
    if count < 4 {
        "middle"
    } else if at == 0 {
        "start"
    } else if at + 1 == count {
        "end"
    } else {
        "middle"
    }
}

fn table(t: Locale, view: &PlotView) -> Markup {
    let series: Vec<&Series> = view.curves.iter().chain(&view.bars).collect();
    html! {
        table class="lists" {
            caption class="hidden" { (view.title) }
            thead {
                tr {
                    th scope="col" { (view.step_name) }
                    @for one in &series { th scope="col" class="num" { (one.name) } }
                }
            }
            tbody {
                @for (at, step) in view.steps.iter().enumerate() {
                    tr {
                        th scope="row" { (step.name) }
                        @for one in &series {
                            td class="num" data-label=(one.name) { (t.number(one.values.get(at).copied().unwrap_or(0))) }
                        }
                    }
                }
            }
        }
    }
}

/// The number at the upper line: 1, 2, 4, 6 or 10 times a power of ten.
fn top<'a>(series: impl Iterator<Item = &'a Series>) -> i64 {
    let largest = series.flat_map(|one| &one.values).copied().max();
    let largest = largest.unwrap_or(0).max(1);
    let mut power: i64 = 1;
    while power < i64::MAX / 100 && largest > power * 10 {
        power *= 10;
    }
    [1, 2, 4, 6, 10]
        .into_iter()
        .map(|times| power * times)
        .find(|top| *top >= largest)
        .unwrap_or(largest)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a pixel more or less is not seen"
)]
fn height_of(value: i64, top: i64, above: f64, below: f64) -> f64 {
    let part = value.clamp(0, top) as f64 / top.max(1) as f64;
    below - part * (below - above)
}

#[expect(clippy::cast_precision_loss, reason = "a handful of steps")]
fn middle(at: usize, count: usize) -> f64 {
    (at as f64 + 0.5) / count.max(1) as f64 * 100.0
}

fn px(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

fn percent(value: f64) -> String {
    format!("{value:.2}%")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(name: &str, values: &[i64]) -> Series {
        Series {
            name: name.to_owned(),
            values: values.to_vec(),
        }
    }

    fn view(curves: Vec<Series>, bars: Vec<Series>, steps: usize) -> PlotView {
        let step = |number: usize| Step {
            name: format!("Monat {number}"),
            tick: (number == 0 || number + 1 == steps).then(|| format!("M{number}")),
        };
        PlotView {
            id: "growth".to_owned(),
            title: "Abonnements <in> zwölf Monaten".to_owned(),
            caption: "Linie und Balken".to_owned(),
            step_name: "Monat".to_owned(),
            steps: (0..steps).map(step).collect(),
            curves,
            bars,
        }
    }

    #[test]
    fn every_number_of_the_picture_stands_in_the_table() {
        let view = view(
            vec![series("bestätigt", &[3120, 3400, 4312])],
            vec![
                series("dazu", &[10, 280, 912]),
                series("gegangen", &[0, 0, 38]),
            ],
            3,
        );
        let page = plot(Locale::De, &view).into_string();
        for number in ["3.120", "3.400", "4.312", "280", "912", "38"] {
            assert!(
                page.contains(&format!(">{number}</td>")),
                "{number}: {page}"
            );
        }
        assert!(page.contains("Abonnements &lt;in&gt; zwölf Monaten"));
        assert!(
            !page.contains("style="),
            "the content security policy forbids it"
        );
        assert_eq!(
            page.matches("<rect").count(),
            4,
            "nothing is drawn for nothing"
        );
    }

    #[test]
    fn empty_and_huge_plots_are_drawn() {
        for values in [vec![], vec![0], vec![0, 0], vec![i64::MAX, 1], vec![-5, 3]] {
            let steps = values.len();
            let one = || vec![series("eins", &values)];
            for view in [
                view(one(), one(), steps),
                view(one(), vec![], steps),
                view(vec![], one(), steps),
                view(vec![], vec![], 0),
            ] {
                let page = plot(Locale::Fr, &view).into_string();
                assert!(!page.contains("NaN") && !page.contains("inf"), "{page}");
            }
        }
    }

    #[test]
    fn the_upper_line_is_a_round_number() {
        for (largest, expected) in [
            (0, 1),
            (1, 1),
            (3, 4),
            (5, 6),
            (7, 10),
            (11, 20),
            (4312, 6000),
            (9999, 10_000),
            (61_000, 100_000),
        ] {
            assert_eq!(top([series("", &[largest])].iter()), expected, "{largest}");
        }
    }
}
