"""Model registry, pipelines, jobs, models and endpoints."""
