//! Pictures of entries, as pages and mails show them.

use crate::link;

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureView {
    /// Where the file is: absolute in mails; for pages a path will do.
    pub src: String,
    /// Its width in pixels of the layout. The file itself may have twice as many.
    pub width: u32,
    /// Its height, likewise.
    pub height: u32,
    /// What it shows, for those who do not see it; none where it is decoration.
    pub alt: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
}

impl PictureView {
    /// The largest size of this shape within `width` × `height`, and no larger than the picture; none
    /// where it has no size.
    pub(crate) fn size_within(&self, width: u32, height: u32) -> Option<(u32, u32)> {
        let (own_width, own_height) = (u64::from(self.width), u64::from(self.height));
        if own_width == 0 || own_height == 0 {
            return None;
        }
        let width = u64::from(width).min(own_width);
        let height_at_width = (own_height * width / own_width).max(1);
        let (width, height) = if height_at_width <= u64::from(height) {
            (width, height_at_width)
        } else {
            let height = u64::from(height);
            ((own_width * height / own_height).max(1), height)
        };
        Some((u32::try_from(width).ok()?, u32::try_from(height).ok()?))
    }

    /// Its address, if a mail may show it.
    pub(crate) fn src_in_mail(&self) -> Option<&str> {
        link::absolute(&self.src).filter(|src| src.starts_with("http"))
    }

    /// What stands in place of it; empty for decoration.
    pub(crate) fn alt(&self) -> &str {
        self.alt.as_deref().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: u32, height: u32) -> PictureView {
        PictureView {
            src: "https://news.example.org/pictures/1-mail.jpg".to_owned(),
            width,
            height,
            alt: None,
            credit: None,
        }
    }

    #[test]
    fn a_picture_keeps_its_shape_and_does_not_grow() {
        assert_eq!(picture(600, 400).size_within(536, 400), Some((536, 357)));
        assert_eq!(picture(600, 1200).size_within(150, 150), Some((75, 150)));
        assert_eq!(picture(100, 50).size_within(536, 400), Some((100, 50)));
        assert_eq!(picture(5000, 1).size_within(150, 150), Some((150, 1)));
        assert_eq!(
            picture(u32::MAX, u32::MAX).size_within(150, 120),
            Some((120, 120))
        );
        assert_eq!(picture(0, 10).size_within(150, 150), None);
    }

    #[test]
    fn a_mail_shows_pictures_from_the_web_only() {
        assert!(picture(1, 1).src_in_mail().is_some());
        for src in [
            "/pictures/1-mail.jpg",
            "mailto:a@example.org",
            "data:image/png;base64,",
        ] {
            let picture = PictureView {
                src: src.to_owned(),
                ..picture(1, 1)
            };
            assert_eq!(picture.src_in_mail(), None, "{src}");
        }
    }
}
