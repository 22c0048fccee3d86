"""The only room with a listening socket: a preview of the show on this machine, and a receiver of webhooks."""
