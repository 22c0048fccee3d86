"""Where results are kept: digests, blobs, packs, actions, the workspace and the lock file."""
