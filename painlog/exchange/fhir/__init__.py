"""The journal as FHIR R4: entries and the plan in, one ``collection`` Bundle as plain dicts out. Pure.

Mapping and codes are those of HL7's own guides where there are any; the rest is painlog's own, said in words beside the
code. No SNOMED. Nothing is a diagnosis: a flare is an Observation, not a Condition.
"""
