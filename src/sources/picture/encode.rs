//! Encodes the files for readers: JPEG without metadata, with no visible loss of quality.

use image::{DynamicImage, RgbImage};
use jpeg_encoder::{ChromaSubsamplingMethod, ColorType, Encoder, SamplingFactor};

use super::{PictureError, shrink};
use crate::domain::picture::{Variant, fit};

/// The most bytes of a picture for mails.
pub const MAX_MAIL_BYTES: usize = 80_000;

/// The quality of pictures for the web.
const WEB: u8 = 78;
/// Attempts for mails, the best first: the longest side and the quality.
const MAIL: [(u32, u8); 9] = [
    (1200, 78),
    (1200, 70),
    (1200, 60),
    (1000, 62),
    (1000, 52),
    (800, 52),
    (600, 50),
    (400, 45),
    (200, 40),
];

/// The files of a picture that was `size` large, from its largest version.
pub(super) fn files(
    image: RgbImage,
    size: (u32, u32),
) -> Result<Vec<(Variant, Vec<u8>)>, PictureError> {
    let image = DynamicImage::ImageRgb8(image);
    let mut files = Vec::new();
    for variant in Variant::kept(size) {
        let bytes = match variant {
            Variant::Mail => for_mail(&image)?,
            web => encode(&shrink::shrink(&image, web.size(size)), WEB)?,
        };
        files.push((variant, bytes));
    }
    Ok(files)
}

/// Reduces the quality, then the pixels, until it is small enough.
fn for_mail(image: &DynamicImage) -> Result<Vec<u8>, PictureError> {
    let mut smallest = Vec::new();
    for (longest, quality) in MAIL {
        let size = fit((image.width(), image.height()), longest);
        smallest = encode(&shrink::shrink(image, size), quality)?;
        if smallest.len() < MAX_MAIL_BYTES {
            break;
        }
    }
    Ok(smallest)
}

fn encode(image: &RgbImage, quality: u8) -> Result<Vec<u8>, PictureError> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality);
    encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
    encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Average);
    // No Huffman tables of its own: this encoder then writes each colour in a separate scan, which
    // is rare and which not every decoder supports. Both are at most 1600.
    let side = |pixels: u32| u16::try_from(pixels).unwrap_or(u16::MAX);
    let (width, height) = (side(image.width()), side(image.height()));
    let done = encoder.encode(image.as_raw(), width, height, ColorType::Rgb);
    done.map_err(|error| PictureError::Damaged(error.to_string()))?;
    Ok(bytes)
}
