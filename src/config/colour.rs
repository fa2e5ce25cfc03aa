//! A colour, and whether white text on it is readable.

/// A colour as `#rrggbb`, in lower case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour([u8; 3]);

impl Colour {
    /// Reads `#rrggbb` (or `#rgb`).
    pub fn parse(text: &str) -> Result<Self, String> {
        let bad =
            || format!("“{text}” is not a colour; write six hexadecimal digits, e.g. #2044aa");
        let digits = text
            .strip_prefix('#')
            .filter(|digits| digits.is_ascii())
            .ok_or_else(bad)?;
        let long = match digits.len() {
            3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
            6 => digits.to_owned(),
            _ => return Err(bad()),
        };
        let mut parts = [0; 3];
        for (part, at) in parts.iter_mut().zip([0, 2, 4]) {
            let pair = &long[at..at + 2];
            if !pair.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                return Err(bad());
            }
            *part = u8::from_str_radix(pair, 16).map_err(|_| bad())?;
        }
        Ok(Self(parts))
    }

    /// The contrast with white, 1 to 21 (WCAG 2.2, “contrast ratio”).
    pub fn contrast_with_white(self) -> f64 {
        let [red, green, blue] = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        });
        1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
    }
}

impl std::fmt::Display for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        let contrast = |text: &str| {
            Colour::parse(text)
                .map(Colour::contrast_with_white)
                .unwrap_or_default()
        };
        assert!((contrast("#000") - 21.0).abs() < 0.01);
        assert!((contrast("#ffffff") - 1.0).abs() < 0.01);
        // The well-known pair around the limit of 4.5.
        assert!(contrast("#767676") > 4.5 && contrast("#777777") < 4.5);
    }

    #[test]
    fn reads_and_writes() {
        assert_eq!(
            Colour::parse("#2044AA").map(|colour| colour.to_string()),
            Ok("#2044aa".to_owned())
        );
        for text in ["", "2044aa", "#2044a", "#2044ag", "#+1+1+1", "#äöü", "blue"] {
            assert!(Colour::parse(text).is_err(), "{text}");
        }
    }
}
