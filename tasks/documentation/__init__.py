"""Documentation: what docs/ says, written from the declarations and from a build of the samples."""
