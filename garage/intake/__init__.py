"""A car comes in: customer, vehicle, which radio sits in it, and the job."""
