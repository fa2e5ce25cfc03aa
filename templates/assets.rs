//! The files pages refer to, under names that change with their content.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::colour;

const STYLESHEET: &str = include_str!("assets/rundbrief.css");
const NEWSROOM: &str = include_str!("assets/newsroom.css");

/// The scripts of the newsroom: each is a module that stands alone.
const SCRIPTS: &[(&str, &str)] = &[
    ("progress", include_str!("assets/scripts/progress.js")),
    ("search", include_str!("assets/scripts/search.js")),
    ("editor", include_str!("assets/scripts/editor.js")),
    ("picture", include_str!("assets/scripts/picture.js")),
    ("countdown", include_str!("assets/scripts/countdown.js")),
    ("session", include_str!("assets/scripts/session.js")),
    ("sort", include_str!("assets/scripts/sort.js")),
];

/// A file to be served at `/assets/{name}`, to be kept by browsers for as long as they like.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Its name, which holds a hash of its content.
    pub name: String,
    /// Its media type.
    pub content_type: &'static str,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl Asset {
    /// A file with a name made of `stem`, a hash of its content, and `suffix`; for logos and an
    /// installation's own stylesheet.
    pub fn new(stem: &str, suffix: &str, content_type: &'static str, bytes: Vec<u8>) -> Self {
        use std::fmt::Write as _;
        let mut name = format!("{stem}-");
        for byte in &Sha256::digest(&bytes)[..6] {
            let _ = write!(name, "{byte:02x}");
        }
        name.push('.');
        name.push_str(suffix);
        Self {
            name,
            content_type,
            bytes,
        }
    }

    /// Where it is served.
    pub fn href(&self) -> String {
        format!("/assets/{}", self.name)
    }
}

/// The assets of an installation; the first one is the stylesheet of the public pages. `action_colour`
/// (`#rrggbb`, dark enough for white text) takes the place of the built-in colour of buttons and links.
pub fn assets(action_colour: Option<&str>) -> Vec<Asset> {
    vec![stylesheet("rundbrief", STYLESHEET, action_colour)]
}

/// The stylesheet of the newsroom, with the same colours.
pub fn newsroom_stylesheet(action_colour: Option<&str>) -> Asset {
    stylesheet("newsroom", NEWSROOM, action_colour)
}

/// The scripts of the newsroom, by name.
pub fn scripts() -> impl Iterator<Item = (&'static str, Asset)> {
    SCRIPTS.iter().map(|(name, text)| {
        let bytes = text.as_bytes().to_vec();
        let kind = "text/javascript; charset=utf-8";
        (*name, Asset::new(name, "js", kind, bytes))
    })
}

/// The names of the scripts.
pub(crate) fn script_names() -> impl Iterator<Item = &'static str> {
    SCRIPTS.iter().map(|(name, _)| *name)
}

fn stylesheet(stem: &str, text: &str, action_colour: Option<&str>) -> Asset {
    let mut css = text.to_owned();
    let action = colour::action(action_colour);
    if action != colour::action(None) {
        let (light, dark) = (action.hex(), action.for_the_dark().hex());
        // Writing into a String cannot fail.
        let _ = writeln!(
            css,
            ":root{{--action:{light};--visited:{light}}}\n\
             @media (prefers-color-scheme:dark){{:root{{--action:{dark};--visited:{dark}}}}}"
        );
    }
    Asset::new(stem, "css", "text/css; charset=utf-8", css.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stylesheets_are_small_and_load_nothing() {
        let mut sheets = assets(Some("#8a1538"));
        sheets.push(newsroom_stylesheet(Some("#8a1538")));
        for sheet in sheets {
            let length = sheet.bytes.len();
            assert!(length <= 20 * 1024, "{}: {length} bytes", sheet.name);
            let css = String::from_utf8(sheet.bytes).expect("UTF-8");
            for word in ["url(", "@import", "http:", "https:"] {
                assert!(!css.contains(word), "{word}");
            }
            assert!(css.contains("--action:#8a1538"));
        }
    }

    #[test]
    fn scripts_are_few_and_stand_alone() {
        let all: usize = scripts().map(|(_, script)| script.bytes.len()).sum();
        assert!(all <= 15 * 1024, "{all} bytes");
        for (name, text) in SCRIPTS {
            for word in ["import ", "http:", "https:", "innerHTML", "eval("] {
                assert!(!text.contains(word), "{name}: {word}");
            }
        }
    }

    #[test]
    fn a_changed_file_has_another_name() {
        assert_ne!(assets(None)[0].name, assets(Some("#8a1538"))[0].name);
        assert_eq!(assets(None)[0].name, assets(Some("#ffd700"))[0].name);
        assert!(assets(None)[0].href().starts_with("/assets/rundbrief-"));
    }

    /// The lightness and chroma of `--name: oklch(L% C H)` as sRGB (CSS Color 4).
    fn role(css: &str, name: &str) -> colour::Rgb {
        let value = css
            .split(&format!("--{name}:"))
            .nth(1)
            .and_then(|rest| rest.split([';', '}']).next())
            .unwrap_or_else(|| panic!("no --{name}"));
        if let Some(rgb) = colour::Rgb::parse(value.trim()) {
            return rgb;
        }
        let inner = value
            .trim()
            .trim_start_matches("oklch(")
            .trim_end_matches(')');
        let parts: Vec<f64> = inner
            .split_whitespace()
            .map(|part| part.trim_end_matches('%').parse().expect("a number"))
            .collect();
        let (lightness, chroma, hue) = (parts[0] / 100.0, parts[1], parts[2].to_radians());
        let (green_red, blue_yellow) = (chroma * hue.cos(), chroma * hue.sin());
        let l = (lightness + 0.396_337_777_4 * green_red + 0.215_803_757_3 * blue_yellow).powi(3);
        let m = (lightness - 0.105_561_345_8 * green_red - 0.063_854_172_8 * blue_yellow).powi(3);
        let s = (lightness - 0.089_484_177_5 * green_red - 1.291_485_548 * blue_yellow).powi(3);
        let part = |linear: f64| {
            let linear = linear.clamp(0.0, 1.0);
            let value = if linear <= 0.003_130_8 {
                linear * 12.92
            } else {
                1.055 * linear.powf(1.0 / 2.4) - 0.055
            };
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "0 to 255 by the clamp"
            )]
            let byte = (value * 255.0).round() as u8;
            byte
        };
        colour::Rgb(
            part(4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s),
            part(-1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s),
            part(-0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701 * s),
        )
    }

    #[test]
    fn every_pair_of_the_pages_is_readable() {
        readable(
            STYLESHEET,
            &["page", "surface"],
            &["text", "muted", "action", "visited", "danger", "success"],
        );
        let inks = ["text", "muted", "action", "danger", "success", "warning"];
        readable(NEWSROOM, &["page", "surface", "sunken", "tint"], &inks[..3]);
        readable(NEWSROOM, &["page", "surface"], &inks);
        for (ground, ink) in [
            ("danger-tint", "danger"),
            ("success-tint", "success"),
            ("warning-tint", "warning"),
        ] {
            readable(NEWSROOM, &[ground], &["text", "muted", ink]);
        }
    }

    fn readable(css: &str, grounds: &[&str], inks: &[&str]) {
        let (light, dark) = css
            .split_once("prefers-color-scheme:dark")
            .expect("a dark scheme");
        for (scheme, css) in [("light", light), ("dark", dark)] {
            for ground in grounds {
                for ink in inks {
                    let contrast = role(css, ink).contrast(role(css, ground));
                    assert!(
                        contrast >= 4.5,
                        "{ink} on {ground}, {scheme}: {contrast:.2}"
                    );
                }
                if ["page", "surface"].contains(ground) {
                    let contrast = role(css, "border").contrast(role(css, ground));
                    assert!(
                        contrast >= 3.0,
                        "border on {ground}, {scheme}: {contrast:.2}"
                    );
                }
            }
            let contrast = role(css, "on-action").contrast(role(css, "action"));
            assert!(contrast >= 4.5, "buttons, {scheme}: {contrast:.2}");
        }
    }
}
