variable "role_name" {
  description = "The same name in every account, given to the auditor as --role-name."
  type        = string
  default     = "vpc-auditor"
}

variable "trusted_principal_arn" {
  description = "The role or user with which the auditor runs; nobody else may assume this role."
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:(role|user)/.+$", var.trusted_principal_arn))
    error_message = "Give the ARN of one IAM role or user. An account's root would let everybody there in."
  }
}

variable "external_id" {
  description = "Given to the auditor as --external-id."
  type        = string
  sensitive   = true

  validation {
    condition     = length(var.external_id) >= 2 && length(var.external_id) <= 1224
    error_message = "An external id has 2 to 1224 characters."
  }
}

variable "permissions_boundary_arn" {
  description = "A permissions boundary that your organisation demands."
  type        = string
  default     = null
}

variable "read_organization" {
  description = "Whether the role may list the accounts of the organization; for the management account or a delegated administrator."
  type        = bool
  default     = false
}
