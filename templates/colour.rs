//! Colours of mails, and of pages where an installation has its own: contrast, and twins for the dark.

/// A colour of sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// Reads `#rrggbb`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let hex = text.strip_prefix('#')?;
        if hex.len() != 6 || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let part = |range| u8::from_str_radix(&hex[range], 16).ok();
        Some(Self(part(0..2)?, part(2..4)?, part(4..6)?))
    }

    /// `#rrggbb`.
    pub(crate) fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// The contrast with another colour, 1 to 21 (WCAG 2.2).
    pub(crate) fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// A ground of the same hue that carries dark text.
    pub(crate) fn tint(self) -> Self {
        self.mixed(Self(255, 255, 255), 91)
    }

    /// A ground of the same hue that carries light text, on a dark sheet.
    pub(crate) fn dark_tint(self) -> Self {
        self.mixed(DARK_SURFACE, 80)
    }

    /// With `share` per cent of another colour.
    fn mixed(self, other: Self, share: u16) -> Self {
        let mix = |one: u8, other: u8| {
            let sum = u16::from(one) * (100 - share) + u16::from(other) * share;
            u8::try_from(sum / 100).unwrap_or(u8::MAX)
        };
        Self(
            mix(self.0, other.0),
            mix(self.1, other.1),
            mix(self.2, other.2),
        )
    }

    /// The same hue, as much lighter as it takes to be read on a dark surface.
    pub(crate) fn for_the_dark(self) -> Self {
        let towards_white = |share: u16| {
            let mix = |part: u8| {
                let part = u16::from(part);
                u8::try_from(part + (255 - part) * share / 20).unwrap_or(u8::MAX)
            };
            Self(mix(self.0), mix(self.1), mix(self.2))
        };
        (0..=20)
            .map(towards_white)
            .find(|twin| twin.contrast(DARK_SURFACE) >= 7.0)
            .unwrap_or(Self(255, 255, 255))
    }
}

/// The raised surface of dark pages and mails.
pub(crate) const DARK_SURFACE: Rgb = Rgb(0x1b, 0x1e, 0x2f);

/// The colours of a mail; oklch is unknown to most mail programs, so they are hex.
pub(crate) mod mail {
    /// Buttons and links.
    pub(crate) const ACTION: &str = "#2044aa";
    /// Text.
    pub(crate) const TEXT: &str = "#131525";
    /// Less important text.
    pub(crate) const MUTED: &str = "#51577a";
    /// The surface around the sheet.
    pub(crate) const SURFACE: &str = "#f3f4f7";
    /// The sheet.
    pub(crate) const SHEET: &str = "#ffffff";
    /// Lines.
    pub(crate) const LINE: &str = "#d5d8e3";
    /// Cancellations.
    pub(crate) const DANGER: &str = "#c31c13";
    /// The twins where the mail program follows the reader's dark scheme.
    pub(crate) const DARK_ACTION: &str = "#97afe1";
    /// Text in the dark.
    pub(crate) const DARK_TEXT: &str = "#f3f4f7";
    /// Less important text in the dark.
    pub(crate) const DARK_MUTED: &str = "#b3b7cc";
    /// The surface in the dark.
    pub(crate) const DARK_SURFACE: &str = "#0c0d16";
    /// The sheet in the dark.
    pub(crate) const DARK_SHEET: &str = "#1b1e2f";
    /// Lines in the dark.
    pub(crate) const DARK_LINE: &str = "#3b4060";
    /// Cancellations in the dark.
    pub(crate) const DARK_DANGER: &str = "#ff8a7c";
}

/// The colour of buttons and links: the installation's own where it can carry white text.
pub(crate) fn action(own: Option<&str>) -> Rgb {
    let built_in = Rgb(0x20, 0x44, 0xaa);
    own.and_then(Rgb::parse)
        .filter(|colour| colour.contrast(Rgb(255, 255, 255)) >= 4.5)
        .unwrap_or(built_in)
}

/// The least contrast that a configured colour has in mails, in tenths: as a link on sheet and surface,
/// below white text, and its twin in the dark.
pub fn least_contrast_in_mails(own: &str) -> u32 {
    let colour = action(Some(own));
    let twin = colour.for_the_dark();
    let on = |ink: Rgb, ground: &str| Rgb::parse(ground).map_or(1.0, |ground| ink.contrast(ground));
    let contrasts = [
        on(colour, mail::SHEET),
        on(colour, mail::SURFACE),
        on(twin, mail::DARK_SHEET),
        on(twin, mail::DARK_SURFACE),
    ];
    let least = contrasts.into_iter().fold(21.0, f64::min);
    // Rounded down: 4.49 is not enough.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "from 10 to 210"
    )]
    let tenths = (least * 10.0) as u32;
    tenths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contrast(a: &str, b: &str) -> f64 {
        let read = |text| Rgb::parse(text).expect("a colour of ours");
        read(a).contrast(read(b))
    }

    #[test]
    fn every_pair_of_a_mail_is_readable() {
        use mail::*;
        assert_eq!(action(None).hex(), ACTION);
        for ground in [SHEET, SURFACE] {
            for ink in [ACTION, TEXT, MUTED, DANGER] {
                assert!(contrast(ink, ground) >= 4.5, "{ink} on {ground}");
            }
        }
        for ground in [DARK_SHEET, DARK_SURFACE] {
            for ink in [DARK_ACTION, DARK_TEXT, DARK_MUTED, DARK_DANGER] {
                assert!(contrast(ink, ground) >= 4.5, "{ink} on {ground}");
            }
        }
        assert!(contrast("#ffffff", ACTION) >= 4.5);
        assert!(contrast("#000000", DARK_ACTION) >= 4.5);
    }

    #[test]
    fn a_colour_that_cannot_carry_white_text_is_not_used() {
        assert_eq!(action(Some("#ffd700")).hex(), mail::ACTION);
        assert_eq!(action(Some("red; background: url(x)")).hex(), mail::ACTION);
        assert_eq!(action(Some("#8a1538")).hex(), "#8a1538");
        assert_eq!(Rgb::parse("#+1+1+1"), None);
    }

    #[test]
    fn every_colour_has_a_twin_for_the_dark() {
        for colour in ["#000000", "#8a1538", "#2044aa", "#0b5d1e"] {
            let twin = Rgb::parse(colour).expect("hex").for_the_dark();
            assert!(twin.contrast(DARK_SURFACE) >= 7.0);
        }
    }

    #[test]
    fn every_tint_carries_text() {
        let read = |text| Rgb::parse(text).expect("a colour of ours");
        for colour in ["#000000", "#8a1538", "#2044aa", "#0b5d1e", "#767676"] {
            let (light, dark) = (read(colour).tint(), read(colour).dark_tint());
            assert!(read(mail::MUTED).contrast(light) >= 4.5, "{colour}");
            assert!(read(mail::DARK_MUTED).contrast(dark) >= 4.5, "{colour}");
        }
    }
}
