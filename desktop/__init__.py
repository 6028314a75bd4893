"""The window: pages, dialogs and tables over the Desk. Never sqlalchemy, reportlab, services.db or services.domain."""
