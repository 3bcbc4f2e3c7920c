"""The persons and households that metrics count; metrics that share one are hidden together."""

from board.metrics import People

WORKERS = People("workers", "persons")
ZERO_EMPLOYMENT = People("zero-employment households", "households")
REGISTERED = People("persons in register", "persons")
PUPILS = People("children of school age", "persons")
TRAINEES = People("persons trained", "persons", grows="rows")
ENTERED = People("households entered", "households")
VISITED = People("households visited", "households")
PROMISED = People("promises to households", "households", grows="rows")
AT_RISK = People("households at risk", "households")
CLEARED = People("households whose risk is cleared", "households", grows="rows")
ASSISTED = People("households assisted", "households", subject="household", grows="months")
SERVICE_APPLICANTS = People("applicants for service subsidies", "persons")
TRACKING_APPLICANTS = People("applicants for tracking subsidies", "persons")
WORKSHOP_WORKERS = People("workers of workshops", "persons", weight="numerator")
BENEFITING = People("households benefiting", "households", weight="numerator", grows="months")
BENEFICIARIES = People("households receiving returns", "households", grows="rows")
REPORTING_INCOME = People("households reporting income", "households")
